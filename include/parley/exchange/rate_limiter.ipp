// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RATE_LIMITER_IPP
#define PARLEY_EXCHANGE_RATE_LIMITER_IPP

#include <parley/exchange/rate_limiter.hpp>

#include <algorithm>
#include <cmath>

namespace parley::inline PARLEY_ABI::detail {

namespace exchange_impl {

inline constexpr double rate_beta = 0.7; // the factor of the rate after throttling
inline constexpr double rate_scale = 0.4;
inline constexpr double rate_smoothing = 0.8; // the weight of the newest measurement
inline constexpr double least_fill_rate = 0.5;
inline constexpr double least_capacity = 1;

// Converts to seconds with a single rounding: whole microseconds since the clock's epoch are exact in a double for 285 years.
inline double in_seconds(rate_limiter::time_point t) noexcept {
    return static_cast<double>(std::chrono::floor<std::chrono::microseconds>(t.time_since_epoch()).count()) / 1e6;
}

// Rounds to eight decimal places, as the reference implementation does.
inline double to_places(double value) noexcept { return std::round(value * 1e8) / 1e8; }

} // namespace exchange_impl

rate_limiter::rate_limiter(time_point now) noexcept
    : last_throttle_(exchange_impl::in_seconds(now)), measured_until_(std::floor(exchange_impl::in_seconds(now))) {}

double rate_limiter::filled_at(double now) const noexcept {
    if (!filled_ || now <= last_fill_) return numbers_.available;
    return std::min(numbers_.max_capacity, numbers_.available + (now - last_fill_) * numbers_.fill_rate);
}

void rate_limiter::refill(double now) noexcept {
    numbers_.available = filled_at(now);
    last_fill_ = filled_ ? std::max(now, last_fill_) : now;
    filled_ = true;
}

// The time until there is one token more than are reserved. Rounded up to nanoseconds, so that the token is there when the wait ends.
rate_limiter::duration rate_limiter::time_until(double available) const noexcept {
    auto const missing = 1 - available + static_cast<double>(numbers_.waiting);
    if (missing <= 0) return duration::zero();
    // Bounded by a year, so that it fits into a duration.
    return std::chrono::ceil<duration>(std::chrono::duration<double>(std::min(missing / numbers_.fill_rate, 31'536'000.0)));
}

void rate_limiter::measure(double now) noexcept {
    auto const half_second = std::floor(now * 2) / 2;
    ++count_;
    if (half_second <= measured_until_) return;
    auto const rate = static_cast<double>(count_) / (half_second - measured_until_);
    numbers_.measured_rate = exchange_impl::to_places(rate * exchange_impl::rate_smoothing
                                                      + numbers_.measured_rate * (1 - exchange_impl::rate_smoothing));
    count_ = 0;
    measured_until_ = half_second;
}

rate_limiter::duration rate_limiter::reserve(time_point now) noexcept {
    std::lock_guard const lock(mutex_);
    if (!numbers_.enabled) return duration::zero();
    refill(exchange_impl::in_seconds(now));
    auto const wait = time_until(numbers_.available);
    if (wait > duration::zero()) ++numbers_.waiting;
    else numbers_.available -= 1;
    return wait;
}

void rate_limiter::commit(time_point now) noexcept {
    std::lock_guard const lock(mutex_);
    refill(exchange_impl::in_seconds(now));
    numbers_.available -= 1;
    --numbers_.waiting;
}

void rate_limiter::cancel() noexcept {
    std::lock_guard const lock(mutex_);
    --numbers_.waiting;
}

rate_limiter::duration rate_limiter::wait_at(time_point when) const noexcept {
    std::lock_guard const lock(mutex_);
    return numbers_.enabled ? time_until(filled_at(exchange_impl::in_seconds(when))) : duration::zero();
}

void rate_limiter::update(bool throttled, time_point now) noexcept {
    std::lock_guard const lock(mutex_);
    auto const seconds = exchange_impl::in_seconds(now);
    auto& n = numbers_;
    measure(seconds);
    if (throttled) n.last_max_rate = n.enabled ? std::min(n.measured_rate, n.fill_rate) : n.measured_rate;
    n.time_window =
        exchange_impl::to_places(std::cbrt(n.last_max_rate * (1 - exchange_impl::rate_beta) / exchange_impl::rate_scale));
    double rate = 0;
    if (throttled) {
        last_throttle_ = seconds;
        rate = exchange_impl::to_places(n.last_max_rate * exchange_impl::rate_beta);
        n.enabled = true;
    } else {
        rate = exchange_impl::to_places(exchange_impl::rate_scale * std::pow(seconds - last_throttle_ - n.time_window, 3)
                                        + n.last_max_rate);
    }
    // At most twice the measured rate: the server has not been tested with more.
    rate = std::min(rate, 2 * n.measured_rate);
    refill(seconds);
    n.fill_rate = std::max(rate, exchange_impl::least_fill_rate);
    n.max_capacity = std::max(rate, exchange_impl::least_capacity);
    n.available = std::min(n.available, n.max_capacity);
}

rate_limiter::numbers rate_limiter::read() const noexcept {
    std::lock_guard const lock(mutex_);
    return numbers_;
}

} // namespace parley::detail

#endif
