// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// required, box, open_enum and tagged: the types that a description is written with.
#include <parley/describe/box.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/tagged.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {
struct input {
    parley::required<std::string> city;
    parley::required<int> days;
};
enum class color { red, green };
struct node {
    std::string name;
    std::variant<std::monostate, parley::box<node>> next;
};
} // namespace

TEST_CASE("a required member is its value") {
    input in{.city = "Ghent", .days = 3};
    std::string const& city = in.city;
    CHECK(city == "Ghent");
    CHECK(in.city->size() == 5);
    *in.city += "!";
    CHECK(in.city == std::string("Ghent!"));
    in.city = "Bruges";
    CHECK(*in.city == "Bruges");
    static_assert(!std::is_default_constructible_v<parley::required<int>>);
    static_assert(sizeof(parley::required<std::string>) == sizeof(std::string));
}

TEST_CASE("a box is copied with what it holds") {
    node first{"a", parley::box<node>(node{"b", {}})};
    auto second = first;
    std::get<parley::box<node>>(second.next)->name = "c";
    CHECK(std::get<parley::box<node>>(first.next)->name == "b");
    parley::box<int> x = 1, y = 2;
    x = y;
    *y = 3;
    CHECK(*x == 2);
    auto moved = std::move(x);
    CHECK(!x.has_value());
    CHECK(*moved == 2);
}

TEST_CASE("an open enumeration keeps what it does not know") {
    parley::open_enum<color> known = color::green, unknown = parley::open_enum<color>::unknown("violet");
    CHECK(known == color::green);
    CHECK(known.value() == color::green);
    CHECK(unknown != color::red); // though it is the default value
    CHECK(!unknown.value());
    CHECK(unknown.unknown_text() == "violet");
    unknown = color::red;
    CHECK(unknown == color::red);
    CHECK(unknown.unknown_text().empty());
}

TEST_CASE("alternatives are reached by their tags") {
    using setting = std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"path", std::string>>;
    setting s = parley::tagged<"path", std::string>{"/tmp"};
    REQUIRE(parley::get_if<"path">(&s));
    CHECK(*parley::get_if<"path">(&s) == "/tmp");
    CHECK(!parley::get_if<"text">(&s));
    *parley::get_if<"path">(&s) = "/var";
    CHECK(*parley::get_if<"path">(&s) == "/var");
}
