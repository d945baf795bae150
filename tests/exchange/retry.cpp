// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/retry.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::advise;
using parley::retry_advice;
using parley::retry_policy;
using parley::retryability;

TEST_CASE("retry: failures are classified") {
    constexpr retry_policy policy;
    for (int status = 100; status < 600; ++status) {
        bool const transient = status == 500 || status == 502 || status == 503 || status == 504;
        auto const expected = status == 429 ? retry_advice::throttled : transient ? retry_advice::transient : retry_advice::none;
        CHECK(advise(policy, status, "", "", retryability::none) == expected);
    }
    CHECK(advise(policy, 503, "SlowDown", "", retryability::none) == retry_advice::throttled); // throttling takes precedence
    CHECK(advise(policy, 400, "slowdown", "", retryability::none) == retry_advice::none);
    CHECK(advise(policy, 400, "RequestTimeout", "", retryability::none) == retry_advice::timed_out);
    CHECK(advise(policy, 400, "X", "", retryability::retryable) == retry_advice::transient);
    CHECK(advise(policy, 400, "X", "", retryability::throttling) == retry_advice::throttled);
    CHECK(advise(parley::transport_errc::refused) == retry_advice::transient);
    CHECK(advise(parley::transport_errc::timed_out) == retry_advice::timed_out);
    CHECK(advise(parley::transport_errc::throttled) == retry_advice::throttled);
    CHECK(advise(parley::transport_errc::signing) == retry_advice::none);
    CHECK(advise(parley::transport_errc::cancelled) == retry_advice::none);
    CHECK(advise(parley::transport_errc::tls) == retry_advice::none);
}

TEST_CASE("retry: backoffs grow to their bound, and a random fraction of them is used") {
    auto const policy = parley::retry_policy::v2026();
    std::chrono::milliseconds const transient[] = {50ms,   100ms,  200ms,   400ms,   800ms,  1600ms,
                                                   3200ms, 6400ms, 12800ms, 20000ms, 20000ms};
    int attempt = 1;
    for (auto const bound : transient) CHECK(parley::retry_delay(policy, attempt++, retry_advice::transient, 1.0) == bound);
    std::chrono::milliseconds const throttled[] = {1s, 2s, 4s, 8s, 16s, 20s};
    attempt = 1;
    for (auto const bound : throttled) CHECK(parley::retry_delay(policy, attempt++, retry_advice::throttled, 1.0) == bound);
    CHECK(parley::retry_delay(policy, 1, retry_advice::transient, 0.999) == 49ms); // floor(49.95)
    CHECK(parley::retry_delay(policy, 1, retry_advice::transient, 0.0) == 0ms);
    CHECK(parley::retry_delay(policy, 2'000'000'000, retry_advice::transient, 1.0) == 20s);
}

// Base, base after throttling, cost, and cost after throttling of each profile.
TEST_CASE("retry: the profiles are data that can be changed") {
    constexpr auto current = retry_policy::v2026();
    static_assert(current.base == 50ms && current.throttled_base == 1000ms && current.bucket == 500);
    CHECK(parley::retry_cost(current, retry_advice::transient) == 14);
    CHECK(parley::retry_cost(current, retry_advice::timed_out) == 14);
    CHECK(parley::retry_cost(current, retry_advice::throttled) == 5);
    constexpr auto old = retry_policy::legacy();
    static_assert(old.base == 100ms && old.throttled_base == 500ms && old.bucket == 500);
    CHECK(parley::retry_cost(old, retry_advice::transient) == 10);
    CHECK(parley::retry_cost(old, retry_advice::throttled) == 5);

    static constexpr std::array own_codes{std::string_view("Busy")};
    static constexpr std::array own_statuses{529};
    retry_policy changed;
    changed.throttling_codes = own_codes;
    changed.transient_statuses = own_statuses;
    CHECK(advise(changed, 400, "Busy", "", retryability::none) == retry_advice::throttled);
    CHECK(advise(changed, 400, "SlowDown", "", retryability::none) == retry_advice::none);
    CHECK(advise(changed, 529, "", "", retryability::none) == retry_advice::transient);
    CHECK(advise(changed, 503, "", "", retryability::none) == retry_advice::none);
}

TEST_CASE("retry: a hint extends a backoff within bounds and never shortens it") {
    constexpr retry_policy policy;
    CHECK(parley::apply_retry_after(policy, 25ms, std::nullopt) == 25ms);
    CHECK(parley::apply_retry_after(policy, 25ms, 1500.0) == 1500ms);
    CHECK(parley::apply_retry_after(policy, 25ms, 1500.9) == 1500ms);
    CHECK(parley::apply_retry_after(policy, 25ms, 10.0) == 25ms);
    CHECK(parley::apply_retry_after(policy, 25ms, -1e300) == 25ms);
    CHECK(parley::apply_retry_after(policy, 25ms, 1e300) == 5025ms);
    CHECK(parley::apply_retry_after(policy, 25ms, std::numeric_limits<double>::infinity()) == 25ms);
}

TEST_SUITE_END();
