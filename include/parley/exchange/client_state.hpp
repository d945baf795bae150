// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CLIENT_STATE_HPP
#define PARLEY_EXCHANGE_CLIENT_STATE_HPP

#include <parley/exchange/clock_offset.hpp>
#include <parley/exchange/rate_limiter.hpp>
#include <parley/exchange/retry.hpp>
#include <parley/exchange/token_bucket.hpp>

#include <chrono>

namespace parley::inline PARLEY_ABI {

/// What the calls of one client learn of their peer, and share. Safe to use from many threads. A `client` makes one of its own;
/// give several clients the same one if they talk to the same peer. Who drives an `exchange` by hand gives it one, or
/// none: then there is no quota, no rate and no correction of the clock.
struct client_state {
    detail::token_bucket tokens;
    detail::rate_limiter rate;
    detail::clock_offset clock;

    client_state(retry_policy const& policy, std::chrono::steady_clock::time_point now) noexcept
        : tokens(policy.bucket), rate(now) {}
};

} // namespace parley

#endif
