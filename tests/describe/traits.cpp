// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/traits.hpp>

#include <doctest/doctest.h>

#include <cstdint>

TEST_SUITE_BEGIN("describe");

namespace app {
struct plain {};
struct with_traits {};
constexpr auto parley_traits(with_traits const*) {
    return parley::traits(parley::names(parley::naming::camel_case), parley::http_error(503),
                          parley::on("a", parley::min_length(1), parley::max_length(9), parley::sensitive()),
                          parley::retryable(parley::retryability::throttling), parley::error_code("BUSY"));
}
} // namespace app

static_assert(parley::detail::traits_of<app::plain>.members.empty()
              && parley::detail::traits_of<app::with_traits>.members.size() == 1);

TEST_CASE("traits: finds parley_traits in the namespace of the type") {
    constexpr auto set = parley::detail::traits_of<app::with_traits>;
    static_assert(set.members.size() == 1);
    CHECK(set.type.naming == parley::naming::camel_case);
    CHECK(set.type.status == 503);
    CHECK(set.type.fault == parley::fault::server);
    CHECK(set.type.retry == parley::retryability::throttling);
    CHECK(set.type.error_code == "BUSY");
    auto const& a = set.members[0];
    CHECK(a.member == "a");
    CHECK(a.levels[0].value.min_length == 1);
    CHECK(a.levels[0].value.max_length == 9);
    CHECK(a.sensitive);
}

namespace {
struct harbor {};
constexpr auto parley_traits(harbor*) { return parley::traits(parley::error_code("Harbor")); }
} // namespace

TEST_CASE("traits: finds parley_traits with a pointer to non-const") {
    CHECK(parley::detail::traits_of<harbor>.type.error_code == "Harbor");
}

// Traits of a base class apply to derived classes of any namespace, and are not misplaced.
struct traits_test_base {};
constexpr auto parley_traits(traits_test_base const*) { return parley::traits(parley::error_code("Base")); }
namespace app {
struct derived : traits_test_base {};
} // namespace app

TEST_CASE("traits: a derived class has the traits of its base class") {
    CHECK(parley::detail::traits_of<app::derived>.type.error_code == "Base");
}

TEST_CASE("traits: a range keeps the bounds of integers exactly") {
    auto const bounds = [](auto part) { return parley::on("m", part).levels[0].value; };
    CHECK(bounds(parley::range(0, INT64_MAX)).max_integer == INT64_MAX);
    // Integers within 0.5 to 2.5 are 1 and 2; within -2.5 to -0.5, -2 and -1.
    auto const part = bounds(parley::range(0.5, 2.5));
    CHECK(part.min_integer == 1);
    CHECK(part.max_integer == 2);
    auto const below = bounds(parley::range(-2.5, -0.5));
    CHECK(below.min_integer == -2);
    CHECK(below.max_integer == -1);
    auto const huge = bounds(parley::range(-1e300, 1e300));
    CHECK(huge.min_integer == INT64_MIN);
    CHECK(huge.max_integer == INT64_MAX);
}

TEST_CASE("traits: each and keys set constraints level by level") {
    constexpr auto t = parley::on(
        "m", parley::max_length(1), parley::keys(parley::pattern("^a")),
        parley::each(parley::max_length(2), parley::each(parley::unique_items(), parley::keys(parley::min_length(3)))));
    static_assert(t.used_levels() == 3);
    CHECK(t.levels[0].value.max_length == 1);
    CHECK(t.levels[0].keys.pattern == "^a");
    CHECK(t.levels[1].value.max_length == 2);
    CHECK(t.levels[1].keys.empty());
    CHECK(t.levels[2].value.unique_items);
    CHECK(t.levels[2].keys.min_length == 3);
}

TEST_SUITE_END();
