// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RATE_LIMITER_HPP
#define PARLEY_EXCHANGE_RATE_LIMITER_HPP

#include <parley/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>

namespace parley::inline PARLEY_ABI::detail {

/// Limits the send rate of a client in adaptive mode. It is inactive until the server throttles a request for the first time. Then it
/// hands out tokens at a rate that drops with each throttled response and grows with the others: slowly near the rate at which the
/// server throttled last, faster beyond it, like CUBIC (RFC 9438).
///
/// Safe to use from several threads.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
class rate_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    /// The current state, for metrics. Rates are in attempts per second, the window is in seconds.
    struct numbers {
        bool enabled = false;
        double fill_rate = 0.5;
        double max_capacity = 1;
        double available = 0;      ///< tokens
        std::uint64_t waiting = 0; ///< attempts with a reserved token
        double measured_rate = 0;
        double last_max_rate = 0; ///< the rate when the server throttled last
        double time_window = 0;   ///< from then until that rate is reached again
    };

    explicit rate_limiter(time_point now) noexcept;

    /// Takes a token for an attempt and returns zero. If there is none, reserves the next free token and returns the wait for it; a
    /// call of `commit` or `cancel` must follow.
    duration reserve(time_point now) noexcept;
    /// Takes the reserved token: the attempt is sent.
    void commit(time_point now) noexcept;
    /// Releases the reserved token: the attempt is not sent.
    void cancel() noexcept;
    /// Returns how long an attempt at `when` would have to wait.
    duration wait_at(time_point when) const noexcept;
    /// Adapts the rate to the end of an attempt.
    void update(bool throttled, time_point now) noexcept;

    numbers read() const noexcept;

private:
    double filled_at(double now) const noexcept;
    void refill(double now) noexcept;
    duration time_until(double available) const noexcept;
    void measure(double now) noexcept;

    numbers numbers_;
    bool filled_ = false; // whether `last_fill_` is set
    double last_fill_ = 0;
    double last_throttle_;
    double measured_until_;
    std::uint64_t count_ = 0; // of attempts since then
    mutable std::mutex mutex_;
};

} // namespace parley::detail

#endif
