// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/structure.hpp>

#include <parley/describe/validate.hpp>
#include <parley/json.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

struct with_defaults {
    int days = 7;
    std::string unit = "C";
    std::vector<int> hours{};
    std::optional<int> none{};
};
BOOST_DESCRIBE_STRUCT(with_defaults, (), (days, unit, hours, none))
constexpr auto parley_traits(with_defaults const*) {
    return parley::traits(parley::on("days", parley::defaulted()), parley::on("unit", parley::defaulted()),
                          parley::on("hours", parley::defaulted()));
}

// A recursive union with traits.
struct attribute : std::variant<std::monostate, parley::tagged<"S", std::string>, parley::tagged<"L", std::vector<attribute>>,
                                parley::tagged<"M", std::map<std::string, attribute>>,
                                parley::tagged<"box", parley::box<with_defaults>>, parley::unknown_member> {
    using variant::variant;
};
constexpr auto parley_traits(attribute const*) {
    return parley::traits(parley::on("S", parley::max_length(3)), parley::on("L", parley::max_length(2)));
}

struct nested {
    std::map<std::string, std::vector<std::vector<std::string>>> words;
};
BOOST_DESCRIBE_STRUCT(nested, (), (words))
constexpr auto parley_traits(nested const*) {
    return parley::traits(
        parley::on("words", parley::keys(parley::max_length(1)),
                   parley::each(parley::max_length(2), parley::each(parley::each(parley::pattern("^[a-z]+$"))))));
}

// A struct that is recursive through a map with constraints. The shape of the map is used first.
struct folder {
    std::optional<std::map<std::string, folder>> inside{};
};
BOOST_DESCRIBE_STRUCT(folder, (), (inside))
constexpr auto parley_traits(folder const*) { return parley::traits(parley::on("inside", parley::max_length(1))); }
using folders = std::map<std::string, folder>;
static_assert(parley::shape_of<folders>.kind == parley::shape_kind::map);

// Recursive structs, first used through a member of the same type as a nested member.
struct branch {
    std::vector<branch> branches;
};
BOOST_DESCRIBE_STRUCT(branch, (), (branches))
struct statement;
struct expression
    : std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"statement", parley::box<statement>>,
                   parley::tagged<"not", parley::box<expression>>, parley::tagged<"any", std::vector<std::optional<expression>>>,
                   parley::unknown_member> {
    using variant::variant;
};
struct statement {
    std::optional<expression> condition{};
};
BOOST_DESCRIBE_STRUCT(statement, (), (condition))
struct program {
    std::vector<branch> branches;
    std::optional<expression> condition{};
};
BOOST_DESCRIBE_STRUCT(program, (), (branches, condition))
static_assert(parley::shape_of<program>.structure->count == 2);

// Members of a base class, described in another order than declared, with undescribed and empty members between them.
struct nothing {};
BOOST_DESCRIBE_STRUCT(nothing, (), ())
struct part {
    char mark = 'x';
    int first = 0;
};
BOOST_DESCRIBE_STRUCT(part, (), (first))
struct scattered : part {
    bool last = false;
    int others[3] = {};
    [[no_unique_address]] nothing empty;
    std::string text;
    char more = 'x';
    double middle = 0;
};
BOOST_DESCRIBE_STRUCT(scattered, (part), (text, middle, last, empty))

std::vector<std::string> paths(parley::data_error const& error) {
    std::vector<std::string> all;
    for (auto const& v : error.violations) all.push_back(v.path);
    return all;
}

} // namespace

TEST_CASE("structure: an absent member with a default keeps it") {
    auto const read = parley::from_json<with_defaults>("{}").value();
    CHECK(read.days == 7);
    CHECK(read.unit == "C");
    CHECK(parley::from_json<with_defaults>(R"({"days":3})").value().days == 3);
}

TEST_CASE("structure: null and a previous value do not hide a default") {
    CHECK(parley::from_json<with_defaults>(R"({"days":null})").value().days == 7);
    auto const read = parley::from_json<with_defaults>(R"({"days":3,"unit":"F","unit":null,"days":null})").value();
    CHECK(read.days == 7);
    CHECK(read.unit == "C");
}

TEST_CASE("structure: defaults are encoded") {
    CHECK(parley::to_json(with_defaults{}).value() == R"({"days":7,"unit":"C","hours":[]})");
}

TEST_CASE("structure: members have the offsets of the struct") {
    scattered value;
    auto const& structure = *parley::shape_of<scattered>.structure;
    auto const place_of = [&](std::string_view name) { return structure.place_of(*structure.find(name), &value); };
    CHECK(place_of("first") == &value.first);
    CHECK(place_of("text") == &value.text);
    CHECK(place_of("middle") == &value.middle);
    CHECK(place_of("last") == &value.last);
    CHECK(place_of("empty") == &value.empty);

    std::string_view const text = R"({"first":1,"text":"two","middle":3.5,"last":true,"empty":{}})";
    CHECK(parley::to_json(parley::from_json<scattered>(text).value()).value() == text);
}

TEST_CASE("structure: a union can be recursive") {
    auto const text = R"({"L":[{"S":"a"},{"M":{"k":{"L":[]}}}]})";
    auto const read = parley::from_json<attribute>(text);
    REQUIRE_MESSAGE(read, read.error().message());
    auto const* list = parley::get_if<"L">(&*read);
    REQUIRE(list);
    CHECK(*parley::get_if<"S">(&list->at(0)) == "a");
    CHECK(parley::to_json(*read).value() == text);
    CHECK(parley::from_json<attribute>(R"({"box":{}})").value().index() == 4);
    CHECK(std::get<parley::unknown_member>(parley::from_json<attribute>(R"({"new":{}})").value()).name == "new");
}

TEST_CASE("structure: constraints apply to a map in a recursive struct") {
    auto const read = parley::from_json<folders>(R"({"a":{"inside":{"b":{"inside":{"c":{},"d":{}}}}}})");
    REQUIRE(!read);
    CHECK(paths(read.error()) == std::vector<std::string>{"/a/inside/b/inside"});
}

TEST_CASE("structure: recursive structs can be members of others") {
    std::string const text = R"({"branches":[{"branches":[{"branches":[]}]}],)"
                             R"("condition":{"statement":{"condition":{"any":[null,{"not":{"text":"a"}}]}}}})";
    auto const read = parley::from_json<program>(text);
    REQUIRE(read);
    CHECK(parley::to_json(*read).value() == text);
}

TEST_CASE("structure: constraints apply to the alternatives of a union") {
    auto const read = parley::from_json<attribute>(R"({"L":[{"S":"abcd"},{"S":"abc"},{"S":"a"}]})");
    REQUIRE(!read);
    CHECK(paths(read.error()) == std::vector<std::string>{"/L/0/S", "/L"});
    attribute a = parley::tagged<"S", std::string>{"abcd"};
    CHECK(paths(parley::validate(a).value()) == std::vector<std::string>{"/S"});
}

TEST_CASE("structure: constraints apply to each level of containers") {
    auto const text = R"({"words":{"a":[["ok"],["ok","NO"]],"bb":[[],[],["1"]]}})";
    auto const expected = std::vector<std::string>{"/words", "/words/a/1/1", "/words/bb", "/words/bb/2/0"};
    auto const read = parley::from_json<nested>(text);
    REQUIRE(!read);
    auto violations = paths(read.error());
    std::sort(violations.begin(), violations.end());
    CHECK(violations == expected);
    parley::decode_options unchecked;
    unchecked.check_constraints = false;
    violations = paths(parley::validate(parley::from_json<nested>(text, unchecked).value()).value());
    std::sort(violations.begin(), violations.end());
    CHECK(violations == expected);
}

TEST_SUITE_END();
