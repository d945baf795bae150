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

enum class retry_mode : std::uint8_t {
    standard, ///< waits grow, and the quota of retries bounds the load
    adaptive, ///< and a `rate_limiter` holds all attempts back, the first ones too, once the peer has too much to do
};

/// When a call is made again, how long to wait before, and what that costs of the client's quota. All of it is data, to be
/// changed where a peer is known to want something else. The default is the profile `v2026` of the AWS SDKs.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
///
///     config.retry = parley::retry_policy::legacy();
///     config.retry.max_attempts = 5;
struct retry_policy {
    using milliseconds = std::chrono::milliseconds;

    int max_attempts = 3; ///< the first one included; 1: never again
    retry_mode mode = retry_mode::standard;

    milliseconds base{50};             ///< before the second attempt, doubled for each further one
    milliseconds throttled_base{1000}; ///< the same after the peer said that it has too much to do
    milliseconds max_delay{20'000};
    milliseconds max_hint{5000}; ///< how much longer than that the peer can make a wait with `retry-after`

    // The quota, in tokens. A retry that costs nothing needs none.
    int bucket = 500;      ///< what a client has when it is made, and at most
    int cost = 14;         ///< of a retry
    int timeout_cost = 14; ///< of one after a time-out
    int throttled_cost = 5;
    int refund = 1; ///< for a call that succeeds at once; one that was made again gets back what the last retry cost

    /// How long an attempt of an operation that is readonly (or has a method that RFC 9110, section 9.2.1, calls safe) may take
    /// until a second one is sent beside it; whichever is answered first counts. Never, unless it is set; nor when less than half of
    /// the quota is there. Only transports that take a handler and have a timer can do it, and who drives an `exchange` by hand.
    std::optional<milliseconds> hedge_after{};
    /// An operation that is neither readonly nor idempotent (nor has an idempotency token, nor a method that RFC 9110, section
    /// 9.2.2, calls idempotent) is not sent again after a failure in which the peer may have acted.
    bool respect_idempotency = false;
    /// For operations that a program calls over and over to wait for something: where there are no tokens for a retry, the call waits
    /// all the same before it gives the error, so that the program does not do at once what the quota forbids.
    bool long_polling = false;

    // What an answer means. The lists must live as long as the policy.
    std::span<int const> transient_statuses = detail::transient_statuses;
    std::span<int const> throttling_statuses = detail::throttling_statuses;
    std::span<std::string_view const> transient_codes = detail::transient_codes;
    std::span<std::string_view const> throttling_codes = detail::throttling_codes;

    static constexpr retry_policy v2026() { return {}; }
    /// What most AWS SDKs still ship.
    static constexpr retry_policy legacy() {
        retry_policy p;
        p.base = milliseconds(100);
        p.throttled_base = milliseconds(500);
        p.cost = p.timeout_cost = 10;
        return p;
    }
    static constexpr retry_policy never() {
        retry_policy p;
        p.max_attempts = 1;
        return p;
    }
};

/// What an attempt's end says about another one.
enum class retry_advice : std::uint8_t {
    none,      ///< it would end the same way
    transient, ///< it may end better
    timed_out, ///< the same, after a time-out
    throttled, ///< it may end better after a longer wait
};

/// Advice about a failure of the transport.
retry_advice advise(transport_errc condition) noexcept;

/// Advice about an error of the peer. Throttling outranks all else.
retry_advice advise(retry_policy const& policy, int status, std::string_view code, std::string_view message,
                    retryability declared) noexcept;

/// What a retry costs that is made for this reason.
int retry_cost(retry_policy const& policy, retry_advice advice) noexcept;

/// How long to wait before the attempt after `attempt` (from 1): a random part of an exponentially growing time, so that
/// clients that failed together do not come back together. `random` is within [0, 1).
std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept;

/// The wait that the peer's hint (see `read_retry_after`) makes of one: never a shorter one, and longer by `max_hint` at most.
std::chrono::milliseconds apply_retry_after(retry_policy const& policy, std::chrono::milliseconds delay,
                                            std::optional<double> hint) noexcept;

} // namespace parley

#endif
