// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Tests the test support: a comparison that finds no differences would let every test pass.
#include "params.hpp"

#include <parley/describe/document.hpp>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <map>

namespace json = boost::json;
using params::notation;
using params::purpose;

namespace {

enum class size { small, large };
BOOST_DESCRIBE_ENUM(size, small, large)

struct choice : std::variant<std::monostate, parley::tagged<"count", std::int64_t>, parley::tagged<"name", std::string>,
                             parley::unknown_member> {
    using variant::variant;
};

struct inner {
    std::string text{};
    int number = 7;
};
BOOST_DESCRIBE_STRUCT(inner, (), (text, number))
constexpr auto parley_traits(inner const*) { return parley::traits(parley::on("number", parley::defaulted())); }

struct all {
    parley::required<std::string> label;
    std::optional<bool> flag{};
    std::optional<std::int8_t> byte{};
    std::optional<double> real{};
    std::optional<float> narrow{};
    std::optional<parley::blob> bytes{};
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> when{};
    std::optional<parley::open_enum<size>> how_big{};
    std::optional<choice> either{};
    std::vector<inner> items{};
    std::optional<std::vector<std::optional<int>>> sparse{};
    std::map<std::string, int> counts{};
    std::optional<parley::document> free{};
    std::optional<std::string> operator_{};
};
BOOST_DESCRIBE_STRUCT(all, (),
                      (label, flag, byte, real, narrow, bytes, when, how_big, either, items, sparse, counts, free, operator_))
constexpr auto parley_traits(all const*) { return parley::traits(parley::on("label", parley::min_length(3))); }

all made_from(char const* text, notation form = notation::smithy) {
    auto value = parley::detail::access::make<all>();
    auto const unfit = params::fill(value, json::parse(text), form, purpose::output);
    CHECK_MESSAGE(unfit.empty(), params::to_text(unfit));
    return value;
}

std::string unfit_of(char const* text, notation form, purpose use = purpose::output) {
    auto value = parley::detail::access::make<all>();
    return params::to_text(params::fill(value, json::parse(text), form, use));
}

// Returns the findings of a comparison.
std::string found(all value, char const* text, notation form = notation::smithy) {
    auto const result = params::compare(parley::shape_of<all>, &value, json::parse(text), form);
    return params::to_text(result.different) + (result.unfit.empty() ? "" : "unfit: " + params::to_text(result.unfit));
}

char const* const full = R"({"label": "x", "flag": false, "byte": -128, "real": "-Infinity", "narrow": 4.1, "bytes": "a\u0000b",
    "when": 1.5, "how_big": "huge", "either": {"count": 9007199254740993}, "items": [{"text": "t"}, {"number": 0}],
    "sparse": [1, null], "counts": {"b": 2, "a": 1}, "free": {"x": [1.0, null]}, "operator": "+"})";

} // namespace

TEST_SUITE_BEGIN("support");

TEST_CASE("params: fill converts the params of Smithy") {
    auto const value = made_from(full);
    CHECK(*value.label == "x");
    CHECK(value.flag == false);
    CHECK(value.byte == -128);
    CHECK(value.real == -std::numeric_limits<double>::infinity());
    CHECK(value.narrow == 4.1f);
    CHECK(value.bytes->bytes == std::string("a\0b", 3));
    CHECK(value.when->time_since_epoch().count() == 1500);
    CHECK(value.how_big->unknown_text() == "huge");
    CHECK(*parley::get_if<"count">(&*value.either) == 9007199254740993);
    REQUIRE(value.items.size() == 2);
    CHECK(value.items[0].text == "t");
    CHECK(value.items[0].number == 7);
    CHECK(value.items[1].number == 0);
    CHECK(value.sparse == std::vector<std::optional<int>>{1, std::nullopt});
    CHECK(value.counts == std::map<std::string, int>{{"a", 1}, {"b", 2}});
    CHECK(json::parse(value.free->json) == json::parse(R"({"x": [1.0, null]})"));
    CHECK(value.operator_ == "+");
}

TEST_CASE("params: a value is equal to the data that it was filled with") {
    CHECK(found(made_from(full), full) == "");
    CHECK(found(made_from(R"({"label": "", "real": "NaN"})"), R"({"real": "NaN", "flag": null})") == "");
}

TEST_CASE("params: each kind of difference is found with its path") {
    auto const differs = [](char const* value, char const* expected) { return found(made_from(value), expected); };
    CHECK(differs(R"({"label": "a"})", R"({"label": "b"})") == R"(/label: expected "b", is "a")");
    CHECK(differs(R"({"label": "a"})", "{}") == R"(/label: expected "", is "a")");
    CHECK(differs(R"({"flag": true})", R"({"flag": false})") != "");
    CHECK(differs(R"({"flag": false})", "{}") == "/flag: is not expected: false");
    CHECK(differs("{}", R"({"flag": false})") == "/flag: is missing; expected false");
    CHECK(differs(R"({"byte": 1})", R"({"byte": 2})") != "");
    CHECK(differs(R"({"real": 1})", R"({"real": "NaN"})") != "");
    CHECK(differs(R"({"narrow": 4.1})", R"({"narrow": 4.2})") != "");
    CHECK(differs(R"({"bytes": "a"})", R"({"bytes": "b"})") != "");
    CHECK(differs(R"({"when": 1.5})", R"({"when": 1.501})") != "");
    CHECK(differs(R"({"how_big": "small"})", R"({"how_big": "large"})") != "");
    CHECK(differs(R"({"either": {"count": 1}})", R"({"either": {"name": "1"}})")
          == "/either: expected name, the union has count");
    CHECK(differs(R"({"either": {"count": 1}})", R"({"either": {"count": 2}})") == "/either/count: expected 2, is 1");
    CHECK(differs(R"({"either": {}})", R"({"either": {"count": 2}})") != "");
    CHECK(differs(R"({"items": [{"number": 8}]})", R"({"items": [{}]})") == "/items/0/number: expected 7, is 8");
    CHECK(differs(R"({"items": [{"number": 8}]})", "{}") != "");
    CHECK(differs(R"({"sparse": []})", "{}") == "/sparse: is not expected: []");
    CHECK(differs("{}", R"({"sparse": []})") == "/sparse: is missing; expected []");
    CHECK(differs(R"({"sparse": [1, null]})", R"({"sparse": [1, 2]})") == "/sparse/1: is missing; expected 2");
    CHECK(differs(R"({"sparse": [1, 2]})", R"({"sparse": [1, null]})") == "/sparse/1: is not expected: 2");
    CHECK(differs(R"({"sparse": [1, 2]})", R"({"sparse": [2, 1]})") != "");
    CHECK(differs(R"({"counts": {"a": 1}})", R"({"counts": {"a": 1, "b": 2}})") == "/counts/b: is missing; expected 2");
    CHECK(differs(R"({"counts": {"a": 1, "b": 2}})", R"({"counts": {"a": 1}})") == "/counts/b: is not expected: 2");
    CHECK(differs(R"({"free": {"x": 1}})", R"({"free": {"x": 2}})") == "/free/x: expected 2, is 1");
    CHECK(differs("{}", R"({"nobody": 1})") == "unfit: /nobody: is not a member");
}

TEST_CASE("params: empty lists and maps equal missing ones if the type cannot distinguish them") {
    CHECK(found(made_from("{}"), R"({"items": [], "counts": {}})") == "");
    CHECK(found(made_from(R"({"items": [], "counts": {}})"), "{}") == "");
}

TEST_CASE("params: fill and compare support the form of recordings") {
    auto const* const text =
        R"({"label": "x", "when": {"$timestamp": -0.001}, "bytes": {"$blob": "AP8="}, "real": {"$number": "NaN"},
        "operator": {"$utf16": [55357, 56832, 97]}})";
    auto const value = made_from(text, notation::recording);
    CHECK(value.when->time_since_epoch().count() == -1);
    CHECK(value.bytes->bytes == std::string("\0\xff", 2));
    CHECK(std::isnan(*value.real));
    CHECK(value.operator_
          == "\xf0\x9f\x98\x80"
             "a"); // U+1F600
    CHECK(found(value, text, notation::recording) == "");
    CHECK(found(value, R"({"label": "x"})", notation::recording) != "");
    auto const unknown = made_from(R"({"either": {"$unknown": ["later", 1]}})", notation::recording);
    CHECK(std::get<parley::unknown_member>(*unknown.either).name == "later");
    CHECK(found(unknown, R"({"either": {"$unknown": ["later", 1]}})", notation::recording) == "");
    CHECK(found(unknown, R"({"either": {"count": 1}})", notation::recording) != "");
}

TEST_CASE("params: values that the type cannot hold are reported") {
    CHECK(unfit_of(R"({"byte": 128})", notation::smithy) == "/byte: the type cannot hold 128");
    CHECK(unfit_of(R"({"byte": 1.5})", notation::smithy) != "");
    CHECK(unfit_of(R"({"label": 1})", notation::smithy) != "");
    CHECK(unfit_of(R"({"when": "2020-01-01T00:00:00Z"})", notation::smithy) != "");
    CHECK(unfit_of(R"({"when": {"$timestamp": null}})", notation::recording) != "");
    CHECK(unfit_of(R"({"either": {"count": 1, "name": "x"}})", notation::smithy) != "");
    CHECK(unfit_of(R"({"nobody": 1})", notation::smithy) == "/nobody: is not a member");
    CHECK(unfit_of(R"({"label": null})", notation::smithy) == "");
    CHECK(unfit_of(R"({"label": null})", notation::recording, purpose::input) != "");
    CHECK(unfit_of(R"({"items": [], "counts": {}})", notation::recording, purpose::input)
          == "/label: is missing, but the type cannot be absent");
    CHECK(unfit_of(R"({"label": "x", "either": {"$unknown": ["later", 1]}})", notation::recording, purpose::input) != "");
    CHECK(unfit_of(R"({"label": {"$utf16": [55357]}, "items": [], "counts": {}})", notation::recording, purpose::input) == "");
    CHECK(unfit_of(R"({"label": {"$utf16": [55357]}})", notation::recording) != "");
}

TEST_CASE("params: an invented value has all required members") {
    auto value = parley::detail::access::make<all>();
    params::invent(value);
    CHECK(*value.label == "xxx");
    CHECK(!value.operator_);
}

TEST_CASE("params: JSON bodies are compared by value") {
    auto const differ = [](std::string_view a, std::string_view b, bool as_json) {
        std::vector<params::difference> out;
        params::compare_bodies(a, b, as_json, out);
        return !out.empty();
    };
    CHECK(!differ(R"({"a": 1, "b": [2]})", R"({"b":[2.0],"a":1})", true));
    CHECK(differ(R"({"a": 1, "b": [2]})", R"({"b":[2.0],"a":1})", false));
    CHECK(differ(R"({"a": 1})", R"({"a": 1, "b": null})", true));
    CHECK(differ(R"([1, 2])", R"([2, 1])", true));
    CHECK(differ("{}", "", true));
    CHECK(differ("9007199254740993", "9007199254740992", true));
    // Two adjacent doubles.
    CHECK(differ("123456789.12345679", "123456789.1234568", true));
    CHECK(!differ("x", "x", true));
    CHECK(differ("x", "y", true));
}

TEST_SUITE_END();
