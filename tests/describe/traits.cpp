// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/traits.hpp>

#include <doctest/doctest.h>

#include <cstdint>

namespace app {
struct plain {};
struct said {};
constexpr auto parley_traits(said const*) {
    return parley::traits(parley::names(parley::naming::camel_case), parley::http_error(503),
                          parley::on("a", parley::min_length(1), parley::max_length(9), parley::sensitive()),
                          parley::retryable(parley::retryability::throttling), parley::error_code("BUSY"));
}
} // namespace app

static_assert(!parley::detail::has_traits<app::plain> && parley::detail::has_traits<app::said>);

TEST_CASE("what is said beside a type is found by its name") {
    constexpr auto set = parley::detail::traits_of<app::said>();
    static_assert(set.members.size() == 1);
    CHECK(set.type.naming == parley::naming::camel_case);
    CHECK(set.type.status == 503);
    CHECK(set.type.fault == parley::fault::server);
    CHECK(set.type.retry == parley::retryability::throttling);
    CHECK(set.type.error_code == "BUSY");
    auto const& a = set.members[0];
    CHECK(a.member == "a");
    CHECK(a.value.min_length == 1);
    CHECK(a.value.max_length == 9);
    CHECK(a.sensitive);
}

TEST_CASE("bounds of a range are kept exactly for integers") {
    constexpr auto whole = parley::range(0, INT64_MAX);
    CHECK(whole.value.max_integer == INT64_MAX);
    // Integers within 0.5 to 2.5 are 1 and 2; within -2.5 to -0.5, -2 and -1.
    constexpr auto part = parley::range(0.5, 2.5);
    CHECK(part.value.min_integer == 1);
    CHECK(part.value.max_integer == 2);
    constexpr auto below = parley::range(-2.5, -0.5);
    CHECK(below.value.min_integer == -2);
    CHECK(below.value.max_integer == -1);
    constexpr auto huge = parley::range(-1e300, 1e300);
    CHECK(huge.value.min_integer == INT64_MIN);
    CHECK(huge.value.max_integer == INT64_MAX);
}
