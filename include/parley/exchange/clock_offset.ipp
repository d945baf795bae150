// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CLOCK_OFFSET_IPP
#define PARLEY_EXCHANGE_CLOCK_OFFSET_IPP

#include <parley/exchange/clock_offset.hpp>
#include <parley/exchange/peer_date.hpp>

#include <array>
#include <cstddef>

namespace parley::inline PARLEY_ABI::detail {

std::optional<peer_time> parse_peer_date(std::string_view text) noexcept {
    auto time = parse_timestamp(text, timestamp_format::http_date);
    if (!time) time = parse_timestamp(text, timestamp_format::date_time);
    if (std::array<char, 40> in_utc{}; !time && text.size() < in_utc.size()) {
        auto const size = text.copy(in_utc.data(), text.size());
        in_utc[size] = 'Z';
        time = parse_timestamp({in_utc.data(), size + 1}, timestamp_format::date_time);
    }
    if (!time) return std::nullopt;
    return peer_time(std::chrono::seconds(time->seconds) + std::chrono::milliseconds(time->nanoseconds / 1'000'000));
}

bool clock_offset::observe(std::string_view date, time_point now, milliseconds used) noexcept {
    auto const remote = detail::parse_peer_date(date);
    if (!remote) return false;
    auto const local = std::chrono::floor<milliseconds>(now);
    auto const offset = *remote - local;
    // The corrected time must fit into the time_point of the system clock, which ends in the year 2262.
    constexpr milliseconds most = std::chrono::years(100);
    if (offset > most || offset < -most) return false;
    if (std::chrono::abs(offset - used) < tolerance) return false;
    value_.store(offset.count(), std::memory_order_relaxed);
    return true;
}

} // namespace parley::detail

#endif
