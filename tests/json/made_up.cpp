// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// What the peer did not say is absent, or an error with its path: no strictness makes up a value.
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

using parley::errc;
using parley::from_json;
using parley::strictness;
using types::circle;
using types::color;
using types::figure;
using types::open_figure;

namespace {

using bare_figure = std::variant<circle, parley::tagged<"square", int>>; // neither nothing nor unknown

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
    bare_figure what{};
};
BOOST_DESCRIBE_STRUCT(union_inside, (), (what))
struct around {
    std::optional<closed_inside> maybe{};
    closed_inside there{};
};
BOOST_DESCRIBE_STRUCT(around, (), (maybe, there))

parley::decode_options reading(strictness how) { return {.strictness = how}; }

template <class T>
parley::violation only_error(std::string_view text, strictness how) {
    auto const read = from_json<T>(text, reading(how));
    REQUIRE_MESSAGE(!read, text);
    REQUIRE_MESSAGE(read.error().violations.size() == 1, read.error().message());
    return read.error().violations[0];
}

} // namespace

TEST_CASE("a union that holds nothing known is absent, or an error with its path") {
    for (auto const how : {strictness::lenient, strictness::compatible}) {
        for (std::string const nothing : {"{}", R"({"oval":1})", R"({"circle":null})", R"({"__type":"x"})"}) {
            CAPTURE(nothing);
            auto const options = reading(how);
            auto const maybe = from_json<drawing>(R"({"maybe":)" + nothing + R"(,"owned":)" + nothing + "}", options);
            REQUIRE_MESSAGE(maybe, maybe.error().message());
            CHECK(!maybe->maybe);
            CHECK(!maybe->owned);
            auto const mapped = from_json<drawing>(R"({"by_name":{"a":)" + nothing + R"(,"b":{"square":2}}})", options);
            REQUIRE_MESSAGE(mapped, mapped.error().message());
            CHECK(!mapped->by_name.at("a"));
            CHECK(mapped->by_name.at("b"));
            CHECK(only_error<drawing>(R"({"all":[{"square":1},)" + nothing + "]}", how).path == "/all/1");
            CHECK(only_error<bare_figure>(nothing, how).path == "");
            CHECK(std::holds_alternative<std::monostate>(
                from_json<drawing>(R"({"may_be_nothing":)" + nothing + "}", options)->may_be_nothing));
            auto const unknown = from_json<drawing>(R"({"may_be_unknown":)" + nothing + "}", options);
            REQUIRE(unknown);
            auto const* const kept = std::get_if<parley::unknown_member>(&unknown->may_be_unknown);
            REQUIRE(kept);
            CHECK(kept->name == (nothing == R"({"oval":1})" ? "oval" : ""));
        }
        // A known member of the same name that came before is gone.
        CHECK(!from_json<drawing>(R"({"maybe":{"square":1},"maybe":{"oval":1}})", reading(how))->maybe);
        CHECK(!from_json<drawing>(R"({"all":[{"oval":1,"square":2}]})", reading(how)));
    }
}

TEST_CASE("what is no object is no union") {
    for (std::string const other : {"[]", "1", "\"x\"", "true"}) {
        CAPTURE(other);
        CHECK(only_error<drawing>(R"({"maybe":)" + other + "}", strictness::compatible).path == "/maybe");
        CHECK(only_error<bare_figure>(other, strictness::compatible).code == errc::invalid_type);
    }
}

TEST_CASE("an enumeration that did not come is none of its values") {
    for (auto const how : {strictness::lenient, strictness::compatible}) {
        auto const read = from_json<outer>("{}", reading(how));
        REQUIRE_MESSAGE(read, read.error().message());
        CHECK(!read->within.paint.is_known());
        CHECK(read->within.paint.unknown_text() == "");
        CHECK(read->within.other == color::green); // its default
        CHECK(!read->boxed->is_known());
        auto const half = from_json<outer>(R"({"within":{"count":3},"boxed":"blue"})", reading(how));
        REQUIRE(half);
        CHECK(!half->within.paint.is_known());
        CHECK(half->within.count == 3);
        CHECK(*half->boxed == color::blue_);
    }
    CHECK(!from_json<outer>("{}"));
}

TEST_CASE("a type that has no value for what did not come is an error with its path") {
    for (auto const how : {strictness::lenient, strictness::compatible}) {
        CHECK(only_error<closed_inside>("{}", how).path == "/paint");
        CHECK(only_error<union_inside>("{}", how).path == "/what");
        auto const v = only_error<around>(R"({"maybe":{}, "there":{"paint":"red"}})", how);
        CHECK(v.code == errc::missing_field);
        CHECK(v.path == "/maybe/paint");
        CHECK(only_error<around>("{}", how).path == "/there");
    }
    CHECK(only_error<closed_inside>("[]", strictness::compatible).code == errc::invalid_type);
}

TEST_CASE("compatible takes another type for a structure where the reference was seen to") {
    auto const options = reading(strictness::compatible);
    for (auto const* whole : {"[]", "42", "\"abc\""}) CHECK(from_json<outer>(whole, options));
    CHECK(!from_json<outer>("[]", options)->within.paint.is_known());
    CHECK(!from_json<outer>("true", options));
    CHECK(!from_json<outer>(R"({"within":[{}],"boxed":"red"})", options)->within.paint.is_known());
    for (std::string const other : {"1", "\"x\"", "true"})
        CHECK(only_error<outer>(R"({"within":)" + other + R"(,"boxed":"red"})", strictness::compatible).path == "/within");
}
