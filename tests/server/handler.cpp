// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/handler.hpp>

#include <support/garden.hpp>

#include <doctest/doctest.h>

using namespace garden;

// What handlers do is tested with the router.

TEST_CASE("a handler is kept with its operation, as it is") {
    int calls = 0;
    auto bound =
        parley::handle<count_plants>([&calls](count_plants::input const&) { return ++calls, count_plants::output{calls}; });
    static_assert(std::is_same_v<decltype(bound), parley::operation_handler<count_plants, decltype(bound.call)>>);
    CHECK(bound.call(count_plants::input{.bed = "a"}).count == 1);
    CHECK(calls == 1);
}

TEST_CASE("nothing is an output of an operation whose output has no members") {
    static_assert(parley::detail::makes_answer<water, void> && !parley::detail::makes_answer<count_plants, void>);
    static_assert(
        parley::detail::makes_answer<count_plants, count_plants::output> && !parley::detail::makes_answer<count_plants, int>);
}
