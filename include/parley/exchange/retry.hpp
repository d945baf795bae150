// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_HPP
#define PARLEY_EXCHANGE_RETRY_HPP

#include <parley/core/config.hpp>
#include <parley/describe/traits.hpp>
#include <parley/http/transport_error.hpp>

#include <chrono>
#include <string_view>

namespace parley {

/// When a call is made again, and how long to wait before. The default is the profile `v2026` of the AWS SDKs.
struct retry_policy {
    using milliseconds = std::chrono::milliseconds;

    int max_attempts = 3;              ///< the first one included; 1: never again
    milliseconds base{50};             ///< before the second attempt, doubled for each further one
    milliseconds throttled_base{1000}; ///< the same after the peer said that it has too much to do
    milliseconds max_delay{20'000};

    static constexpr retry_policy v2026() { return {}; }
    /// What most AWS SDKs still ship.
    static constexpr retry_policy legacy() { return {3, milliseconds(100), milliseconds(500), milliseconds(20'000)}; }
    static constexpr retry_policy never() { return {1, {}, {}, {}}; }
};

/// What an attempt's end says about another one.
enum class retry_advice : std::uint8_t {
    none,       ///< it would end the same way
    transient,  ///< it may end better
    throttled,  ///< it may end better after a longer wait
};

/// Advice about a failure of the transport.
retry_advice advise(transport_errc condition) noexcept;

/// Advice about an error of the peer. Throttling outranks all else.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
retry_advice advise(int status, std::string_view code, std::string_view message, retryability declared) noexcept;

/// How long to wait before the attempt after `attempt` (from 1): a random part of an exponentially growing time, so that
/// clients that failed together do not come back together. `random` is within [0, 1).
std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept;

} // namespace parley

#endif
