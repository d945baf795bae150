// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/waiter.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

namespace {

struct get_job {
    struct done {
        using operation = get_job;
        using acceptors = parley::acceptors<parley::error_is<parley::wait_state::success, "Gone">>;
    };
    struct input {};
};

} // namespace

TEST_CASE("waiter: a waiter declares an operation and acceptors") {
    CHECK(parley::waiter<get_job::done>);
    CHECK(!parley::waiter<get_job>);
    CHECK(!parley::waiter<get_job::input>);
}

// https://smithy.io/2.0/additional-specs/waiters.html#waiter-traits: "minDelay ... defaults to 2 if not specified", "maxDelay ...
// 120".
TEST_CASE("waiter: the default delays are those of Smithy") {
    CHECK(parley::wait_policy().min_delay == std::chrono::seconds(2));
    CHECK(parley::wait_policy().max_delay == std::chrono::seconds(120));
}

TEST_SUITE_END();
