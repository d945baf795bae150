// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/rate_limiter.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using time_point = parley::detail::rate_limiter::time_point;

TEST_CASE("rate_limiter: nothing waits before the server throttles for the first time") {
    time_point now{1000s};
    parley::detail::rate_limiter limiter(now);
    for (int i = 0; i < 1000; ++i) {
        CHECK(limiter.reserve(now) == 0ns);
        limiter.update(false, now);
    }
    CHECK(!limiter.read().enabled);
}

TEST_CASE("rate_limiter: after throttling, attempts wait for tokens one after the other") {
    time_point now{1000s};
    parley::detail::rate_limiter limiter(now);
    limiter.update(true, now);
    // Nothing was measured within the first half second, so the rate is the minimum: one attempt in two seconds.
    CHECK(limiter.read().fill_rate == 0.5);
    CHECK(limiter.wait_at(now) == 2s);
    CHECK(limiter.reserve(now) == 2s);
    CHECK(limiter.reserve(now) == 4s);
    CHECK(limiter.wait_at(now + 1s) == 5s);
    limiter.cancel();
    CHECK(limiter.reserve(now + 1s) == 3s);
    CHECK(limiter.read().waiting == 2);
    limiter.commit(now + 2s);
    limiter.commit(now + 4s);
    CHECK(limiter.read().waiting == 0);
    CHECK(limiter.wait_at(now + 4s) == 2s);
    // The bucket holds at most one token.
    CHECK(limiter.reserve(now + 1000s) == 0s);
    CHECK(limiter.reserve(now + 1000s) == 2s);
}

TEST_CASE("rate_limiter: the rate drops to 0.7 of the measured rate and recovers along a cubic curve") {
    time_point const start{1000s};
    parley::detail::rate_limiter limiter(start);
    // Ten attempts per second for some seconds.
    auto now = start;
    for (; now < start + 5s; now += 100ms) limiter.update(false, now);
    auto const measured = limiter.read().measured_rate;
    CHECK(measured == doctest::Approx(10).epsilon(0.02));
    limiter.update(true, now);
    auto const after = limiter.read();
    CHECK(after.enabled);
    CHECK(after.last_max_rate == after.measured_rate);
    CHECK(after.fill_rate == doctest::Approx(0.7 * after.last_max_rate));
    // The window: cbrt(w * (1 - 0.7) / 0.4).
    CHECK(after.time_window == doctest::Approx(std::cbrt(after.last_max_rate * 0.3 / 0.4)));
    // At the end of the window, the curve reaches the old rate.
    auto const throttled_at = now;
    double last = after.fill_rate;
    for (now += 100ms; now < throttled_at + 3s; now += 100ms) {
        limiter.update(false, now);
        CHECK(limiter.read().fill_rate >= last - 1e-8);
        last = limiter.read().fill_rate;
        auto const seconds = std::chrono::duration<double>(now - throttled_at).count();
        auto const expected = 0.4 * std::pow(seconds - after.time_window, 3) + after.last_max_rate;
        CHECK(last == doctest::Approx(std::min(expected, 2 * limiter.read().measured_rate)));
    }
    CHECK(last > after.last_max_rate);
}

TEST_CASE("rate_limiter: a clock that stands still or is set back adds no tokens") {
    time_point const now{1000s};
    parley::detail::rate_limiter limiter(now);
    limiter.update(true, now);
    CHECK(limiter.reserve(now) == 2s);
    CHECK(limiter.reserve(now - 10s) == 4s);
    CHECK(limiter.reserve(now) == 6s);
}

TEST_CASE("rate_limiter: each of several threads gets its own token") {
    time_point const now{1000s};
    parley::detail::rate_limiter limiter(now);
    limiter.update(true, now);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&limiter, now] {
                for (int i = 0; i < 2000; ++i) static_cast<void>(limiter.reserve(now));
            });
        }
    }
    CHECK(limiter.reserve(now) == 8001 * 2s);
}

TEST_SUITE_END();
