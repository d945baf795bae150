// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_DETAIL_ADD_TIME_HPP
#define PARLEY_CORE_DETAIL_ADD_TIME_HPP

#include <parley/core/version.hpp>

#include <chrono>

namespace parley::inline PARLEY_ABI::detail {

/// Returns `time` plus `length`; the latest or earliest time of the clock if that is out of its range. A user who wants no limit may
/// give milliseconds::max().
constexpr std::chrono::steady_clock::time_point add_time(std::chrono::steady_clock::time_point time,
                                                         std::chrono::milliseconds length) noexcept {
    using std::chrono::ceil, std::chrono::floor, std::chrono::milliseconds;
    using time_point = std::chrono::steady_clock::time_point;
    // Milliseconds hold a million times the range of the clock, so that none of this overflows.
    auto const later = floor<milliseconds>(time_point::max().time_since_epoch()) - ceil<milliseconds>(time.time_since_epoch());
    auto const earlier = ceil<milliseconds>(time_point::min().time_since_epoch()) - floor<milliseconds>(time.time_since_epoch());
    if (length > later) return time_point::max();
    if (length < earlier) return time_point::min();
    return time + length;
}

} // namespace parley::detail

#endif
