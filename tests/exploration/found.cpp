// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Regression tests for faults that the exploration found. Each case is a shortest sequence of events.
#include <exploration/call_world.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace std::chrono_literals;
using exploration::call_case;
using exploration::replay_call;
using act = exploration::call_world::act;
using answer = exploration::call_world::answer;
using boundary = exploration::call_world::boundary;
using event = exploration::call_world::event;
using failure = exploration::call_world::failure;
using hook = exploration::call_world::hook;
using signing = exploration::call_world::signing;

namespace {

event poll(signing how = signing::good) { return {act::poll, static_cast<std::uint8_t>(how)}; }
event respond(answer what, int attempt) { return {act::respond, static_cast<std::uint8_t>(what), attempt}; }
event fail(failure why, int attempt) { return {act::fail, static_cast<std::uint8_t>(why), attempt}; }
event time_to(boundary when) { return {act::advance, static_cast<std::uint8_t>(when)}; }
event throwing(event e, hook which) {
    e.thrower = which;
    return e;
}
parley::retry_policy hedged() {
    parley::retry_policy policy;
    policy.hedge_after = 10ms;
    return policy;
}

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("found: a request was sent after a signer had taken until the deadline") {
        call_case const plan{.name = "", .call_timeout = 200ms, .slow_signing = true};
        CHECK(replay_call(plan, {poll(signing::past_deadline), poll()}) == "");
        CHECK(replay_call(plan, {poll(signing::until_stop), poll()}) == "");
    }

    TEST_CASE("found: an exception while a response was decoded made the call send again") {
        call_case const plan{.name = "", .throwing = true};
        CHECK(replay_call(plan, {poll(), poll(), respond(answer::throws, 1), poll()}) == "");
        CHECK(replay_call(plan, {poll(), poll(), respond(answer::throws_int, 1), poll()}) == "");
        CHECK(replay_call(plan, {poll(signing::throws_int), poll()}) == "");
    }

    TEST_CASE("found: a hedged attempt was sent after the deadline of the call") {
        call_case const plan{.name = "", .retry = hedged(), .call_timeout = 200ms};
        CHECK(replay_call(plan, {poll(), poll(), time_to(boundary::deadline), poll()}) == "");
    }

    TEST_CASE("found: a call that was destroyed during a backoff kept the tokens of its retry") {
        call_case const plan{.name = ""};
        CHECK(replay_call(plan, {poll(), poll(), fail(failure::reset, 1), {act::destroy}}) == "");
    }

    TEST_CASE("found: a call that was destroyed while it waited for the rate limit delayed all later calls") {
        call_case plan{.name = ""};
        plan.retry.mode = parley::retry_mode::adaptive;
        plan.retry.throttled_cost = 0; // takes no tokens from the bucket
        // After throttling, the rate is half an attempt per second: the retry, a second later, has to wait for its token.
        CHECK(replay_call(plan, {poll(), poll(), respond(answer::throttled, 1), time_to(boundary::wake), poll(), {act::destroy}})
              == "");
    }

    TEST_CASE("found: sent() was `not_sent` when an interceptor threw while another attempt was in flight") {
        call_case const plan{.name = "", .retry = hedged(), .throwing = true};
        CHECK(replay_call(plan, {poll(), poll(), time_to(boundary::wake), poll(), poll(),
                                 throwing(fail(failure::refused, 1), hook::after_failure), poll()})
              == "");
    }

} // TEST_SUITE
