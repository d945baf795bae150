// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/validate.hpp>

#include <support/types.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

using parley::errc;

namespace {

struct order {
    std::string code;
    int count = 1;
    double price = 1;
    std::vector<types::point> points;
    std::map<std::string, std::string> notes;
    parley::blob seal{};
    types::figure figure = types::circle{1};
    types::color paint = types::color::red;
    std::optional<std::uint8_t> small{};
};
BOOST_DESCRIBE_STRUCT(order, (), (code, count, price, points, notes, seal, figure, paint, small))
constexpr auto parley_traits(order const*) {
    return parley::traits(parley::on("code", parley::length(2, 4), parley::pattern("^[a-z]+$"), parley::sensitive()),
                          parley::on("count", parley::range(1, 10)), parley::on("price", parley::range(0.5, 2.5)),
                          parley::on("points", parley::max_length(2), parley::unique_items()),
                          parley::on("notes", parley::each(parley::min_length(1)), parley::keys(parley::pattern("^[a-z]$"))),
                          parley::on("seal", parley::max_length(2)), parley::on("small", parley::min_value(3)));
}

order good() {
    order o;
    o.code = "abc";
    return o;
}

std::vector<std::pair<errc, std::string>> violations_of(order const& o) {
    std::vector<std::pair<errc, std::string>> all;
    if (auto const wrong = parley::validate(o)) {
        for (auto const& v : wrong->violations) all.emplace_back(v.code, v.path);
    }
    return all;
}

} // namespace

TEST_CASE("validate: a value within its constraints is valid") { CHECK(!parley::validate(good())); }

TEST_CASE("validate: all violations are reported at once, each with its path") {
    auto o = good();
    o.code = "\xc3\x89lan vital"; // 10 code points
    o.count = 11;
    o.price = 0.25;
    o.points = {{1, 2}, {3, 4}, {1, 2}};
    o.notes = {{"A/b", ""}};
    o.seal.bytes = "123";
    o.figure = std::monostate{};
    o.paint = static_cast<types::color>(9);
    o.small = 2;
    std::vector<std::pair<errc, std::string>> const expected{
        {errc::invalid_length, "/code"},       {errc::range_violation, "/count"},  {errc::range_violation, "/price"},
        {errc::invalid_length, "/points"},     {errc::duplicate_items, "/points"}, {errc::pattern_mismatch, "/notes"},
        {errc::invalid_length, "/notes/A~1b"}, {errc::invalid_length, "/seal"},    {errc::invalid_value, "/figure"},
        {errc::invalid_value, "/paint"},       {errc::range_violation, "/small"}};
    CHECK(violations_of(o) == expected);
}

TEST_CASE("validate: error texts do not contain the value") {
    auto o = good();
    o.code = "TOP SECRET";
    o.notes = {{"k", ""}, {"q", ""}};
    CHECK(parley::validate(o)->message().find("SECRET") == std::string::npos);
}

TEST_CASE("validate: bounds are inclusive and exclude NaN") {
    auto o = good();
    o.count = 10;
    o.price = 2.5;
    CHECK(violations_of(o).empty());
    o.price = std::numeric_limits<double>::quiet_NaN();
    CHECK(violations_of(o).size() == 1);
}

TEST_CASE("validate: a value that is nested too deeply is reported and not traversed") {
    types::tree t;
    for (int i = 0; i < 100; ++i) {
        types::tree up;
        up.children.push_back(std::move(t));
        t = std::move(up);
    }
    auto const wrong = parley::validate(t, 50);
    REQUIRE(wrong);
    CHECK(wrong->violations[0].code == errc::limit_exceeded);
}

TEST_CASE("validate: a text that is too long is not searched for the pattern") {
    auto o = good();
    o.code = "abc!d";
    CHECK(violations_of(o) == std::vector<std::pair<errc, std::string>>{{errc::invalid_length, "/code"}});
    o.code = "!"; // too short: all violations are reported
    CHECK(violations_of(o)
          == std::vector<std::pair<errc, std::string>>{{errc::invalid_length, "/code"}, {errc::pattern_mismatch, "/code"}});
}

TEST_SUITE_END();
