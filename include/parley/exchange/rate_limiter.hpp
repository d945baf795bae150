// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RATE_LIMITER_HPP
#define PARLEY_EXCHANGE_RATE_LIMITER_HPP

#include <parley/core/config.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

/// How fast the calls of one client may be sent, in adaptive mode. It stays out of the way until the peer says for the
/// first time that it has too much to do. From then on it gives out tokens at a rate that drops with each such answer, and grows
/// with the others: slowly near the rate at which the peer had too much last, faster beyond it, as CUBIC does (RFC 9438).
///
/// Safe to use from many threads.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
class rate_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    /// What it knows, for metrics. Rates are in attempts per second, the window is in seconds.
    struct numbers {
        bool enabled = false;
        double fill_rate = 0.5;
        double max_capacity = 1;
        double available = 0;      ///< tokens
        std::uint64_t waiting = 0; ///< attempts that were promised one
        double measured_rate = 0;
        double last_max_rate = 0; ///< when the peer had too much to do last
        double time_window = 0;   ///< from then until the rate is back there
    };

    explicit rate_limiter(time_point now) noexcept;

    /// Takes the token of one attempt. Where there is none yet, promises the next that nobody waits for, and returns how long
    /// to wait for it; then it is to be collected, or renounced.
    duration reserve(time_point now) noexcept;
    /// Takes the token that was promised: the attempt is made.
    void commit(time_point now) noexcept;
    /// The attempt that waited for its token is not made.
    void cancel() noexcept;
    /// How long an attempt would have to wait at that time, as things are.
    duration wait_at(time_point when) const noexcept;
    /// Takes in how an attempt ended: whether the peer said that it has too much to do.
    void update(bool throttled, time_point now) noexcept;

    numbers read() const noexcept;

private:
    class lock;

    double filled_at(double now) const noexcept;
    void refill(double now) noexcept;
    duration time_until(double available) const noexcept;
    void measure(double now) noexcept;

    numbers numbers_;
    bool filled_ = false; // ever
    double last_fill_ = 0;
    double last_throttle_;
    double measured_until_;
    std::uint64_t count_ = 0; // of attempts since
    mutable std::atomic_flag locked_{};
};

} // namespace parley::detail

#endif
