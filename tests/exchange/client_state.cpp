// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/client_state.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

TEST_CASE("client_state: a client starts with a full bucket, no rate limit and no clock offset") {
    parley::retry_policy policy;
    policy.bucket = 30;
    parley::client_state const state(policy, {});
    CHECK(state.tokens.available() == 30);
    CHECK(state.clock.value() == std::chrono::milliseconds(0));
    CHECK(!state.rate.read().enabled);
}

TEST_SUITE_END();
