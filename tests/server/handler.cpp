// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/handler.hpp>

#include <support/garden.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("server");

using namespace garden;

// tests/server/router.cpp tests the calls of handlers.

TEST_CASE("handler: a handler is stored unchanged with its operation") {
    int calls = 0;
    auto bound =
        parley::handle<count_plants>([&calls](count_plants::input const&) { return ++calls, count_plants::output{calls}; });
    static_assert(std::is_same_v<decltype(bound), parley::operation_handler<count_plants, decltype(bound.call)>>);
    CHECK(bound.call(count_plants::input{.bed = "a"}).count == 1);
    CHECK(calls == 1);
}

TEST_CASE("handler: void converts to an output without members") {
    static_assert(
        parley::detail::convertible_to_result<water, void> && !parley::detail::convertible_to_result<count_plants, void>);
    static_assert(
        parley::detail::convertible_to_result<count_plants,
                                              count_plants::output> && !parley::detail::convertible_to_result<count_plants, int>);
}

TEST_SUITE_END();
