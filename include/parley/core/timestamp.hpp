// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_TIMESTAMP_HPP
#define PARLEY_CORE_TIMESTAMP_HPP

#include <parley/core/config.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// How a timestamp is written. https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
enum class timestamp_format : std::uint8_t {
    unspecified,   ///< what the place it stands in has by default
    epoch_seconds, ///< 1736944496.5
    date_time,     ///< "2025-01-15T12:34:56.5Z", RFC 3339
    http_date,     ///< "Wed, 15 Jan 2025 12:34:56 GMT", RFC 9110, section 5.6.7
};

/// A point in time: seconds since 1970-01-01T00:00:00Z without leap seconds, and 0 to 999,999,999 nanoseconds after them.
struct instant {
    std::int64_t seconds = 0;
    std::int32_t nanoseconds = 0;

    friend auto operator<=>(instant const&, instant const&) = default;
};

/// The point in time that all of `text` stands for, or nothing if it is none of that format.
///
/// `epoch_seconds`: a JSON number, exact to nanoseconds, further digits rounded half up: -0.5 ns is 0. `date_time`:
/// with "Z" or an offset; a second 60 counts as the first of the next minute. `http_date`: with fractions of a second
/// too, and the two obsolete forms that RFC 9110 has recipients accept; the weekday is not compared with the date.
/// `unspecified` is none.
std::optional<instant> parse_timestamp(std::string_view text, timestamp_format format) noexcept;

/// True if `text`, which is a timestamp of that format, has an offset from UTC other than "Z".
constexpr bool has_offset(std::string_view text, timestamp_format format) noexcept {
    return format == timestamp_format::date_time && !text.ends_with('Z') && !text.ends_with('z');
}

/// Appends `value`, with as many digits of a fraction as it needs. For `date_time` and `http_date`, it must be
/// `in_calendar_range`. `unspecified` is as `epoch_seconds`.
void append_timestamp(std::string& out, instant value, timestamp_format format);

namespace detail {
/// As `append_timestamp` for `epoch_seconds`, into memory that has room for 32 characters; returns the end.
char* write_epoch_seconds(char* to, instant value) noexcept;
} // namespace detail

/// True from year 0000 to year 9999, which is what dates of four digits can say.
bool in_calendar_range(instant value) noexcept;

/// `value` to the nearest millisecond that an instant can be, halves up: -0.5 ms is 0.
instant round_to_milliseconds(instant value) noexcept;

} // namespace parley

#endif
