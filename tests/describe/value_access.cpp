// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/value_access.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using parley::detail::make_value_access;
using parley::detail::value_access_of;

namespace {

constexpr parley::shape target{};

template <class Place>
constexpr parley::value_access access_to = make_value_access<Place>(target);

/// Checks a place that can be absent: it is made to hold a fresh value, filled, made anew, and cleared.
template <class Place>
void check_nullable() {
    auto const& how = access_to<Place>;
    CHECK(how.target == &target);
    CHECK(how.nullable);
    REQUIRE((how.emplace && how.get_if && how.clear));
    Place place{};
    CHECK(how.held_in(&place) == nullptr);
    auto* const text = static_cast<std::string*>(how.emplace(&place));
    CHECK(text->empty());
    *text = "filled";
    CHECK(how.held_in(&place) == text);
    auto* const again = static_cast<std::string*>(how.emplace(&place));
    CHECK(again->empty()); // fresh, whatever was there
    CHECK(how.held_in(&place) == again);
    how.clear(&place);
    CHECK(how.held_in(&place) == nullptr);
}

struct node {
    parley::required<std::string> name; // cannot be made by anything but the library
    std::optional<parley::box<node>> next{};
};

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("value_access: a plain member is its own value") {
    auto const& how = access_to<std::string>;
    CHECK(how.target == &target);
    CHECK(!how.emplace);
    CHECK(!how.get_if);
    CHECK(!how.nullable);
    CHECK(!how.optional_text);
    std::string text = "here";
    CHECK(how.held_in(&text) == &text);
    value_access_of<std::string>::clear(&text);
    CHECK(text.empty());
}

TEST_CASE("value_access: a required member is as the type that it wraps") {
    CHECK(std::is_same_v<value_access_of<parley::required<std::string>>::value, std::string>);
    auto const& how = access_to<parley::required<std::string>>;
    CHECK(!how.nullable);
    parley::required<std::string> text = "here";
    CHECK(how.held_in(&text) == &*text);
}

TEST_CASE("value_access: optionals and pointers are absent, hold a fresh value, and are absent again") {
    check_nullable<std::optional<std::string>>();
    check_nullable<std::unique_ptr<std::string>>();
    check_nullable<std::shared_ptr<std::string>>();
    check_nullable<std::optional<parley::box<std::string>>>();
    check_nullable<std::optional<std::unique_ptr<std::string>>>();
    check_nullable<std::unique_ptr<std::optional<std::string>>>();
    check_nullable<std::shared_ptr<parley::required<std::string>>>();
}

TEST_CASE("value_access: of nested optionals, each can be the one that is absent") {
    using place = std::optional<std::unique_ptr<std::string>>;
    place absent_within = std::unique_ptr<std::string>();
    CHECK(access_to<place>.held_in(&absent_within) == nullptr);
}

TEST_CASE("value_access: a shared value that is made anew leaves its other owners alone") {
    auto first = std::make_shared<std::string>("first");
    auto second = first;
    static_cast<std::string*>(access_to<std::shared_ptr<std::string>>.emplace(&second))->assign("second");
    CHECK(*first == "first");
    CHECK(*second == "second");
}

TEST_CASE("value_access: a box cannot be absent; after a move it holds nothing until it is made anew") {
    using place = parley::box<std::string>;
    auto const& how = access_to<place>;
    CHECK(!how.nullable);
    place box(std::string("here"));
    CHECK(how.held_in(&box) == &*box);
    auto const moved = std::move(box);
    CHECK(how.held_in(&box) == nullptr);
    CHECK(static_cast<std::string*>(how.emplace(&box))->empty());
    CHECK(how.held_in(&box) == &*box);
    CHECK(*moved == "here");
}

TEST_CASE("value_access: values with required members are made too") {
    std::optional<node> place;
    auto* const made = static_cast<node*>(access_to<std::optional<node>>.emplace(&place));
    CHECK(made == &*place);
    CHECK(made->name->empty());
    CHECK(!made->next);
    value_access_of<node>::clear(made);
    CHECK(made->name->empty());
    std::unique_ptr<node> pointer;
    auto const* const owned = access_to<std::unique_ptr<node>>.emplace(&pointer);
    CHECK(owned == pointer.get());
}

TEST_CASE("value_access: only std::optional<std::string> is an optional text") {
    CHECK(access_to<std::optional<std::string>>.optional_text);
    CHECK(!access_to<std::unique_ptr<std::string>>.optional_text);
    CHECK(!access_to<std::optional<int>>.optional_text);
}

TEST_SUITE_END();
