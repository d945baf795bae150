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

/// The format of a timestamp. https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
enum class timestamp_format : std::uint8_t {
    unspecified,   ///< the default of the protocol and the location
    epoch_seconds, ///< 1736944496.5
    date_time,     ///< "2025-01-15T12:34:56.5Z", RFC 3339
    http_date,     ///< "Wed, 15 Jan 2025 12:34:56 GMT", RFC 9110, section 5.6.7
};

/// A point in time, from the year -292 billion to 292 billion with a resolution of a nanosecond.
struct instant {
    std::int64_t seconds = 0;     ///< since 1970-01-01T00:00:00Z, without leap seconds
    std::int32_t nanoseconds = 0; ///< after `seconds`: 0 to 999,999,999

    /// Compares two points in time.
    friend auto operator<=>(instant const&, instant const&) = default;
};

/// Parses all of `text` as a timestamp.
///
/// - `epoch_seconds`: a JSON number. Digits beyond nanoseconds are rounded half up: -0.5 ns becomes 0.
/// - `date_time`: RFC 3339 with "Z" or an offset. The second 60 counts as the first second of the next minute.
/// - `http_date`: RFC 9110, section 5.6.7, including its two obsolete forms, with an optional fraction of a second. The weekday is not
///   compared with the date.
///
/// @param text   The text of the timestamp.
/// @param format The expected format.
/// @return The point in time; `nullopt` if `text` does not have the format, or `format` is `unspecified`.
std::optional<instant> parse_timestamp(std::string_view text, timestamp_format format) noexcept;

/// Returns whether a timestamp has an offset from UTC other than "Z".
/// @param text   A valid timestamp.
/// @param format The format of `text`.
constexpr bool has_offset(std::string_view text, timestamp_format format) noexcept {
    return format == timestamp_format::date_time && !text.ends_with('Z') && !text.ends_with('z');
}

/// Appends the text of a timestamp, with a fraction of a second if it is not zero.
/// @param out    Receives the text.
/// @param value  The point in time. Must be `in_calendar_range` for `date_time` and `http_date`.
/// @param format The format; `unspecified` is the same as `epoch_seconds`.
void append_timestamp(std::string& out, instant value, timestamp_format format);

namespace detail {
/// As `append_timestamp` for `epoch_seconds`, but writes at most 32 characters to `to`. Returns the end.
char* write_epoch_seconds(char* to, instant value) noexcept;
} // namespace detail

/// Returns whether the year of `value` has at most four digits: 0000 to 9999.
bool in_calendar_range(instant value) noexcept;

/// Rounds to the nearest millisecond, half up: -0.5 ms becomes 0.
/// @param value The point in time.
/// @return The rounded point in time; the last millisecond that an `instant` can represent if rounding up would overflow.
instant round_to_milliseconds(instant value) noexcept;

} // namespace parley

#endif
