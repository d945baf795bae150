// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Missing values are absent or an error: no strictness invents a value that the peer could have sent.
#include <parley/json.hpp>

#include <support/types.hpp>

#include <boost/describe.hpp>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("json");

using parley::errc;
using parley::from_json;
using parley::strictness;
using types::circle;
using types::color;
using types::figure;
using types::open_figure;

namespace {

using bare_figure = std::variant<circle, parley::tagged<"square", int>>; // has neither std::monostate nor unknown_member

struct drawing {
    std::optional<bare_figure> maybe{};
    std::unique_ptr<bare_figure> owned{};
    std::map<std::string, std::optional<bare_figure>> by_name{};
    std::vector<bare_figure> all{};
    figure may_be_nothing = circle{1};
    open_figure may_be_unknown = circle{1};
};
BOOST_DESCRIBE_STRUCT(drawing, (), (maybe, owned, by_name, all, may_be_nothing, may_be_unknown))
constexpr auto parley_traits(drawing const*) {
    using parley::on, parley::defaulted;
    return parley::traits(on("by_name", defaulted()), on("all", defaulted()), on("may_be_nothing", defaulted()),
                          on("may_be_unknown", defaulted()));
}

struct inner {
    parley::open_enum<color> paint = color::green;
    parley::open_enum<color> other = color::green;
    std::optional<int> count{};
};
BOOST_DESCRIBE_STRUCT(inner, (), (paint, other, count))
constexpr auto parley_traits(inner const*) { return parley::traits(parley::on("other", parley::defaulted())); }
struct outer {
    inner within{};
    parley::box<parley::open_enum<color>> boxed{};
};
BOOST_DESCRIBE_STRUCT(outer, (), (within, boxed))

struct closed_inside {
    color paint = color::red;
};
BOOST_DESCRIBE_STRUCT(closed_inside, (), (paint))
struct union_inside {
    bare_figure shape{};
};
BOOST_DESCRIBE_STRUCT(union_inside, (), (shape))
struct enclosing {
    std::optional<closed_inside> maybe{};
    closed_inside there{};
};
BOOST_DESCRIBE_STRUCT(enclosing, (), (maybe, there))

parley::decode_options reading(strictness level) { return {.strictness = level}; }

template <class T>
parley::violation only_error(std::string_view text, strictness level) {
    auto const read = from_json<T>(text, reading(level));
    REQUIRE_MESSAGE(!read, text);
    REQUIRE_MESSAGE(read.error().violations.size() == 1, read.error().message());
    return read.error().violations[0];
}

} // namespace

TEST_CASE("decode: a union without a known alternative is absent, or an error") {
    for (auto const level : {strictness::lenient, strictness::compatible}) {
        for (std::string const empty : {"{}", R"({"oval":1})", R"({"circle":null})", R"({"__type":"x"})"}) {
            CAPTURE(empty);
            auto const options = reading(level);
            auto const maybe = from_json<drawing>(R"({"maybe":)" + empty + R"(,"owned":)" + empty + "}", options);
            REQUIRE_MESSAGE(maybe, maybe.error().message());
            CHECK(!maybe->maybe);
            CHECK(!maybe->owned);
            auto const mapped = from_json<drawing>(R"({"by_name":{"a":)" + empty + R"(,"b":{"square":2}}})", options);
            REQUIRE_MESSAGE(mapped, mapped.error().message());
            CHECK(!mapped->by_name.at("a"));
            CHECK(mapped->by_name.at("b"));
            CHECK(only_error<drawing>(R"({"all":[{"square":1},)" + empty + "]}", level).path == "/all/1");
            CHECK(only_error<bare_figure>(empty, level).path == "");
            CHECK(std::holds_alternative<std::monostate>(
                from_json<drawing>(R"({"may_be_nothing":)" + empty + "}", options)->may_be_nothing));
            auto const unknown = from_json<drawing>(R"({"may_be_unknown":)" + empty + "}", options);
            REQUIRE(unknown);
            auto const* const kept = std::get_if<parley::unknown_member>(&unknown->may_be_unknown);
            REQUIRE(kept);
            CHECK(kept->name == (empty == R"({"oval":1})" ? "oval" : ""));
        }
        // A duplicate member without a known alternative replaces the earlier one.
        CHECK(!from_json<drawing>(R"({"maybe":{"square":1},"maybe":{"oval":1}})", reading(level))->maybe);
        CHECK(!from_json<drawing>(R"({"all":[{"oval":1,"square":2}]})", reading(level)));
    }
}

TEST_CASE("decode: a union must be an object") {
    for (std::string const other : {"[]", "1", "\"x\"", "true"}) {
        CAPTURE(other);
        CHECK(only_error<drawing>(R"({"maybe":)" + other + "}", strictness::compatible).path == "/maybe");
        CHECK(only_error<bare_figure>(other, strictness::compatible).code == errc::invalid_type);
    }
}

TEST_CASE("decode: a missing open enumeration has an unknown value") {
    for (auto const level : {strictness::lenient, strictness::compatible}) {
        auto const read = from_json<outer>("{}", reading(level));
        REQUIRE_MESSAGE(read, read.error().message());
        CHECK(!read->within.paint.is_known());
        CHECK(read->within.paint.unknown_text() == "");
        CHECK(read->within.other == color::green); // its default
        CHECK(!read->boxed->is_known());
        auto const half = from_json<outer>(R"({"within":{"count":3},"boxed":"blue"})", reading(level));
        REQUIRE(half);
        CHECK(!half->within.paint.is_known());
        CHECK(half->within.count == 3);
        CHECK(*half->boxed == color::blue_);
    }
    CHECK(!from_json<outer>("{}"));
}

TEST_CASE("decode: a missing closed enumeration is an error") {
    for (auto const level : {strictness::lenient, strictness::compatible}) {
        CHECK(only_error<closed_inside>("{}", level).path == "/paint");
        CHECK(only_error<union_inside>("{}", level).path == "/shape");
        auto const v = only_error<enclosing>(R"({"maybe":{}, "there":{"paint":"red"}})", level);
        CHECK(v.code == errc::missing_field);
        CHECK(v.path == "/maybe/paint");
        CHECK(only_error<enclosing>("{}", level).path == "/there");
    }
    CHECK(only_error<closed_inside>("[]", strictness::compatible).code == errc::invalid_type);
}

TEST_CASE("decode: compatible accepts the other types for a structure that the AWS SDK for JavaScript accepts") {
    auto const options = reading(strictness::compatible);
    for (auto const* whole : {"[]", "42", "\"abc\""}) CHECK(from_json<outer>(whole, options));
    CHECK(!from_json<outer>("[]", options)->within.paint.is_known());
    CHECK(!from_json<outer>("true", options));
    CHECK(!from_json<outer>(R"({"within":[{}],"boxed":"red"})", options)->within.paint.is_known());
    for (std::string const other : {"1", "\"x\"", "true"})
        CHECK(only_error<outer>(R"({"within":)" + other + R"(,"boxed":"red"})", strictness::compatible).path == "/within");
}

TEST_SUITE_END();
