// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_HPP
#define PARLEY_EXCHANGE_RETRY_HPP

#include <parley/core/config.hpp>
#include <parley/describe/traits.hpp>
#include <parley/http/transport_error.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI {

namespace detail {

inline constexpr std::array<int, 4> transient_statuses{500, 502, 503, 504};
inline constexpr std::array<int, 1> throttling_statuses{429};
inline constexpr std::array<std::string_view, 3> transient_codes{"RequestTimeout", "RequestTimeoutException", "TimeoutError"};
inline constexpr std::array<std::string_view, 14> throttling_codes{"BandwidthLimitExceeded",
                                                                   "EC2ThrottledException",
                                                                   "LimitExceededException",
                                                                   "PriorRequestNotComplete",
                                                                   "ProvisionedThroughputExceededException",
                                                                   "RequestLimitExceeded",
                                                                   "RequestThrottled",
                                                                   "RequestThrottledException",
                                                                   "SlowDown",
                                                                   "ThrottledException",
                                                                   "Throttling",
                                                                   "ThrottlingException",
                                                                   "TooManyRequestsException",
                                                                   "TransactionInProgressException"};

} // namespace detail

/// The mode of retries.
enum class retry_mode : std::uint8_t {
    standard, ///< exponential backoff; the token bucket limits the load
    adaptive, ///< in addition, a rate limiter delays all attempts, including first ones, once the server throttles
};

/// When and how often a call is retried, and how many retry tokens that takes. The default is the profile `v2026` of the AWS SDKs.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
///
/// @par Example
///     config.retry = parley::retry_policy::legacy();
///     config.retry.max_attempts = 5;
struct retry_policy {
    using milliseconds = std::chrono::milliseconds; ///< the unit of delays

    int max_attempts = 3;                   ///< including the first one; 1 disables retries
    retry_mode mode = retry_mode::standard; ///< standard or adaptive

    milliseconds base{50};             ///< the bound of the first backoff; doubled with each further one
    milliseconds throttled_base{1000}; ///< the bound of the first backoff after throttling
    milliseconds max_delay{20'000};    ///< the maximum of a backoff
    milliseconds max_hint{5000};       ///< how much `retry-after` can add to a backoff

    // The retry token bucket.
    int bucket = 500;       ///< the capacity; a new client has a full bucket
    int cost = 14;          ///< tokens of a retry; 0 needs none
    int timeout_cost = 14;  ///< tokens of a retry after a time-out
    int throttled_cost = 5; ///< tokens of a retry after throttling
    int refund = 1; ///< tokens returned by a success of the first attempt; a later success returns the cost of the last retry

    /// When a hedged attempt is sent: a second attempt, of which the first response counts. Applies to operations that are readonly or
    /// have a safe method (RFC 9110, section 9.2.1), while at least half of the retry tokens are left. Requires a callback transport
    /// with a timer, or a custom driver of `exchange`. Default: never.
    std::optional<milliseconds> hedge_after{};
    /// Do not retry an operation if the server may have processed it, unless the operation is readonly or idempotent, has an
    /// idempotency token, or has an idempotent method (RFC 9110, section 9.2.2).
    bool respect_idempotency = false;
    /// For operations that a program calls in a loop: if there are no tokens for a retry, delay the error by the backoff, so that the
    /// loop does not add the load that the token bucket prevents.
    bool long_polling = false;

    // The classification of errors. The lists must live as long as the policy.
    std::span<int const> transient_statuses = detail::transient_statuses;          ///< statuses that are retryable
    std::span<int const> throttling_statuses = detail::throttling_statuses;        ///< statuses that mean throttling
    std::span<std::string_view const> transient_codes = detail::transient_codes;   ///< error codes that mean a time-out
    std::span<std::string_view const> throttling_codes = detail::throttling_codes; ///< error codes that mean throttling

    /// Returns the default policy.
    static constexpr retry_policy v2026() { return {}; }
    /// Returns the policy of most released AWS SDKs.
    static constexpr retry_policy legacy() {
        retry_policy p;
        p.base = milliseconds(100);
        p.throttled_base = milliseconds(500);
        p.cost = p.timeout_cost = 10;
        return p;
    }
    /// Returns a policy without retries.
    static constexpr retry_policy never() {
        retry_policy p;
        p.max_attempts = 1;
        return p;
    }
};

/// The class of a failure with respect to retries.
enum class retry_advice : std::uint8_t {
    none,      ///< not retryable
    transient, ///< retryable
    timed_out, ///< retryable, after a time-out
    throttled, ///< retryable after a longer backoff
};

/// Classifies a failure of the transport.
retry_advice advise(transport_errc condition) noexcept;

/// Classifies an error of the server. Throttling takes precedence.
///
/// @param policy   The lists of statuses and codes.
/// @param status   The status of the response.
/// @param code     The code of the error.
/// @param message  The message of the error.
/// @param declared The retryability that the description of the error declares.
retry_advice advise(retry_policy const& policy, int status, std::string_view code, std::string_view message,
                    retryability declared) noexcept;

/// Returns the number of tokens of a retry.
int retry_cost(retry_policy const& policy, retry_advice advice) noexcept;

/// Returns the backoff before the next attempt: a random fraction of a bound that grows exponentially, so that clients that failed
/// at the same time do not retry at the same time.
///
/// @param policy  The bounds.
/// @param attempt The number of the attempt that failed, from 1.
/// @param advice  The class of the failure.
/// @param random  A random number within [0, 1).
std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept;

/// Extends a backoff to the server's `retry-after` hint, by at most `max_hint`.
///
/// @param policy The policy.
/// @param delay  The backoff.
/// @param hint   The hint in milliseconds; `nullopt` if there is none.
/// @return The extended backoff, never shorter than `delay`.
std::chrono::milliseconds apply_retry_after(retry_policy const& policy, std::chrono::milliseconds delay,
                                            std::optional<double> hint) noexcept;

} // namespace parley

#endif
