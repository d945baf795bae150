// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CLOCK_OFFSET_HPP
#define PARLEY_EXCHANGE_CLOCK_OFFSET_HPP

#include <parley/core/config.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// By how much the peer's clock is ahead of this machine's, as its responses tell. Requests are signed with the time of the
/// peer, since those that are signed with a clock that is minutes off are refused. Safe to use from many threads.
class clock_offset {
public:
    using milliseconds = std::chrono::milliseconds;
    using time_point = std::chrono::system_clock::time_point;

    /// A clock that is off by less counts as right.
    static constexpr milliseconds tolerance{300'000};

    milliseconds value() const noexcept { return milliseconds(value_.load(std::memory_order_relaxed)); }

    /// Takes in the field `Date` of a response that came at `now` by this machine's clock, to a request that was signed with
    /// the offset `used`. Returns whether that was wrong; then the offset has been set right. A text that is no date, or
    /// one that no clock can show, says nothing.
    bool observe(std::string_view date, time_point now, milliseconds used) noexcept;

private:
    std::atomic<std::int64_t> value_{0};
};

} // namespace parley::detail

#endif
