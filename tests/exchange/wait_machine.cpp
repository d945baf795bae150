// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/wait_machine.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::wait_machine;
using parley::wait_state;

namespace {
wait_machine::time_point const start{};
}

TEST_CASE("wait_machine: success and failure end a wait") {
    wait_machine good({}, start), bad({}, start);
    CHECK(!good.handle(wait_state::success, start, 0));
    CHECK(good.ended() == parley::wait_status::success);
    CHECK(!bad.handle(wait_state::failure, start, 0));
    CHECK(bad.ended() == parley::wait_status::failure);
    CHECK(bad.calls() == 1);
}

TEST_CASE("wait_machine: the delays grow from the minimum to the maximum and are partly random") {
    // min 2 s, max 10 s: bounds of 2, 4, 8, 10, 10 s; half of what lies between 2 s and the bound is added.
    wait_machine machine({2s, 10s, 600s}, start);
    auto now = start;
    for (auto const expected : {2000ms, 3000ms, 5000ms, 6000ms, 6000ms}) {
        auto const next = machine.handle(wait_state::retry, now, 0.5);
        REQUIRE(next);
        CHECK(*next - now == expected);
        now = *next;
    }
}

TEST_CASE("wait_machine: the last call is sent before the deadline, and then the wait has timed out") {
    wait_machine machine({2s, 2s, 7s}, start);
    // After 2 s and 4 s, 3 s are left: the last wait takes 1 s, so that 2 s are left for the call.
    CHECK(*machine.handle(wait_state::retry, start, 0) == start + 2s);
    CHECK(*machine.handle(wait_state::retry, start + 2s, 0) == start + 4s);
    CHECK(*machine.handle(wait_state::retry, start + 4s, 0) == start + 5s);
    CHECK(!machine.handle(wait_state::retry, start + 5s, 0));
    CHECK(machine.ended() == parley::wait_status::timed_out);
    CHECK(machine.deadline() == start + 7s);
}

TEST_CASE("wait_machine: a call that takes too long ends the wait") {
    wait_machine machine({2s, 2s, 7s}, start);
    CHECK(!machine.handle(wait_state::retry, start + 8s, 0));
}

TEST_CASE("wait_machine: a wait without delays ends, too") {
    wait_machine machine({0ms, 0ms, 1s}, start);
    CHECK(*machine.handle(wait_state::retry, start, 0.5) == start);
    CHECK(!machine.handle(wait_state::retry, start + 1s, 0.5));
}

TEST_CASE("wait_machine: limits beyond the range of the clock do not end a wait") {
    constexpr auto longest = std::chrono::milliseconds::max();
    wait_machine machine({1ms, longest, longest}, start + 1h);
    CHECK(machine.deadline() == wait_machine::time_point::max());
    auto now = start + 1h;
    // The bound of the delays doubles from 1 ms and would pass the longest one after 63 of them.
    for (int i = 0; i < 70; ++i) {
        auto const next = machine.handle(wait_state::retry, now, 0);
        REQUIRE(next);
        CHECK(*next - now == 1ms);
        now = *next;
    }
}

TEST_SUITE_END();
