// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/retry.hpp>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using parley::advise;
using parley::retry_advice;
using parley::retryability;

TEST_CASE("which ends of an attempt are worth another") {
    for (int status = 100; status < 600; ++status) {
        bool const transient = status == 500 || status == 502 || status == 503 || status == 504;
        auto const expected = status == 429 ? retry_advice::throttled : transient ? retry_advice::transient : retry_advice::none;
        CHECK(advise(status, "", "", retryability::none) == expected);
    }
    CHECK(advise(503, "SlowDown", "", retryability::none) == retry_advice::throttled); // throttling outranks transient
    CHECK(advise(400, "slowdown", "", retryability::none) == retry_advice::none);
    CHECK(advise(400, "RequestTimeout", "", retryability::none) == retry_advice::transient);
    CHECK(advise(400, "X", "", retryability::retryable) == retry_advice::transient);
    CHECK(advise(400, "X", "", retryability::throttling) == retry_advice::throttled);
    CHECK(advise(parley::transport_errc::refused) == retry_advice::transient);
    CHECK(advise(parley::transport_errc::cancelled) == retry_advice::none);
    CHECK(advise(parley::transport_errc::tls) == retry_advice::none);
}

TEST_CASE("waits grow to their bound, a random part of them is taken") {
    auto const policy = parley::retry_policy::v2026();
    std::chrono::milliseconds const transient[] = {50ms, 100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 12800ms, 20000ms, 20000ms};
    int attempt = 1;
    for (auto const bound : transient) CHECK(parley::retry_delay(policy, attempt++, retry_advice::transient, 1.0) == bound);
    std::chrono::milliseconds const throttled[] = {1s, 2s, 4s, 8s, 16s, 20s};
    attempt = 1;
    for (auto const bound : throttled) CHECK(parley::retry_delay(policy, attempt++, retry_advice::throttled, 1.0) == bound);
    CHECK(parley::retry_delay(policy, 1, retry_advice::transient, 0.999) == 49ms); // floor(49.95)
    CHECK(parley::retry_delay(policy, 1, retry_advice::transient, 0.0) == 0ms);
    CHECK(parley::retry_delay(policy, 2'000'000'000, retry_advice::transient, 1.0) == 20s);
}
