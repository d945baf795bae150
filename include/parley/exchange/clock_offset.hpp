// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CLOCK_OFFSET_HPP
#define PARLEY_EXCHANGE_CLOCK_OFFSET_HPP

#include <parley/core/config.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// The offset of the server's clock from the local one, learned from responses. Requests are signed with the server's time, because
/// servers refuse signatures whose time is off by minutes. Safe to use from several threads.
class clock_offset {
public:
    using milliseconds = std::chrono::milliseconds;
    using time_point = std::chrono::system_clock::time_point;

    /// Smaller differences are ignored.
    static constexpr milliseconds tolerance{300'000};

    milliseconds value() const noexcept { return milliseconds(value_.load(std::memory_order_relaxed)); }

    /// Corrects the offset from a response. An invalid or unrepresentable date is ignored.
    ///
    /// @param date The `Date` header field.
    /// @param now  The local time when the response arrived.
    /// @param used The offset that the request was signed with.
    /// @return Whether `used` was wrong; the offset has been corrected then.
    bool observe(std::string_view date, time_point now, milliseconds used) noexcept;

private:
    std::atomic<std::int64_t> value_{0};
};

} // namespace parley::detail

#endif
