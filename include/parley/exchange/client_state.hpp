// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CLIENT_STATE_HPP
#define PARLEY_EXCHANGE_CLIENT_STATE_HPP

#include <parley/exchange/clock_offset.hpp>
#include <parley/exchange/rate_limiter.hpp>
#include <parley/exchange/retry.hpp>
#include <parley/exchange/token_bucket.hpp>

#include <chrono>

namespace parley::inline PARLEY_ABI {

/// The state that the calls of a client learn from the server and share. Safe to use from several threads.
///
/// A `client` creates its own. Clients of the same server may share one (`client_config::state`). It is optional for an `exchange`:
/// without it, retries are not limited by tokens, the send rate is not adapted and the clock is not corrected.
struct client_state {
    detail::token_bucket tokens; ///< limits retries
    detail::rate_limiter rate;   ///< limits the send rate in adaptive mode
    detail::clock_offset clock;  ///< corrects the time of signatures

    /// Creates the state with a full token bucket.
    client_state(retry_policy const& policy, std::chrono::steady_clock::time_point now) noexcept
        : tokens(policy.bucket), rate(now) {}
};

} // namespace parley

#endif
