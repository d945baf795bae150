// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_TIMESTAMP_IPP
#define PARLEY_CORE_TIMESTAMP_IPP

#include <parley/core/number.hpp>
#include <parley/core/text.hpp>
#include <parley/core/timestamp.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI {

namespace detail::core {

inline constexpr std::int64_t seconds_per_day = 86400;
inline constexpr std::string_view weekday_names = "SunMonTueWedThuFriSat";
inline constexpr std::string_view weekday_endings[] = {"day", "day", "sday", "nesday", "rsday", "day", "urday"};
inline constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct calendar_date {
    std::int64_t year;
    unsigned month, day; // from 1
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days since 1970-01-01 of the proleptic Gregorian calendar.
constexpr std::int64_t days_from(calendar_date date) noexcept {
    auto const year = date.year - (date.month <= 2 ? 1 : 0);
    auto const era = (year >= 0 ? year : year - 399) / 400;
    auto const year_of_era = year - era * 400;
    auto const day_of_year = (153 * (static_cast<std::int64_t>(date.month) + (date.month > 2 ? -3 : 9)) + 2) / 5
                             + static_cast<std::int64_t>(date.day) - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

constexpr calendar_date date_from(std::int64_t days) noexcept {
    days += 719468;
    auto const era = (days >= 0 ? days : days - 146096) / 146097;
    auto const day_of_era = days - era * 146097;
    auto const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    auto const shifted_month = (5 * day_of_year + 2) / 153;
    auto const month = static_cast<unsigned>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
            static_cast<unsigned>(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

constexpr unsigned days_in_month(std::int64_t year, unsigned month) noexcept {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

inline constexpr auto first_second = days_from({0, 1, 1}) * seconds_per_day;
inline constexpr auto last_second = days_from({10000, 1, 1}) * seconds_per_day - 1;

// Scans a text from the front. After the first failure, all further operations fail.
class scanner {
public:
    explicit scanner(std::string_view text) noexcept : rest_(text) {}

    bool done() const noexcept { return good_ && rest_.empty(); }
    bool good() const noexcept { return good_; }
    void fail() noexcept { good_ = false; }
    char peek() const noexcept { return good_ && !rest_.empty() ? rest_.front() : '\0'; }
    void expect(std::string_view text) noexcept {
        good_ = good_ && rest_.starts_with(text);
        if (good_) rest_.remove_prefix(text.size());
    }
    char take() noexcept {
        char const c = peek();
        if (rest_.empty()) good_ = false;
        if (good_) rest_.remove_prefix(1);
        return c;
    }
    unsigned digits(std::size_t count) noexcept {
        unsigned value = 0;
        for (; count > 0; --count) {
            char const c = take();
            if (c < '0' || c > '9') good_ = false;
            else value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    }
    // An optional fraction in nanoseconds: ".5" is 500,000,000. Ignores digits after the ninth.
    std::int32_t fraction() noexcept {
        if (peek() != '.') return 0;
        take();
        std::int32_t value = 0, unit = 100'000'000;
        if (peek() < '0' || peek() > '9') good_ = false;
        for (; peek() >= '0' && peek() <= '9'; take()) {
            value += (peek() - '0') * unit;
            unit /= 10;
        }
        return value;
    }
    // Returns the index of a name in a list of names of three letters each.
    unsigned name(std::string_view names) noexcept {
        auto const three = rest_.substr(0, 3);
        auto const at = three.size() == 3 ? names.find(three) : names.npos;
        if (at == names.npos || at % 3 != 0) return good_ = false, 0;
        rest_.remove_prefix(3);
        return static_cast<unsigned>(at / 3);
    }

private:
    std::string_view rest_;
    bool good_ = true;
};

struct clock_time {
    unsigned hour, minute, second;
};

inline clock_time take_time(scanner& scan) noexcept {
    clock_time time{};
    time.hour = scan.digits(2);
    scan.expect(":");
    time.minute = scan.digits(2);
    scan.expect(":");
    time.second = scan.digits(2);
    // RFC 3339, section 5.7, permits the leap second 60. POSIX time has no leap seconds, so it becomes the next second.
    if (time.hour > 23 || time.minute > 59 || time.second > 60) scan.fail();
    return time;
}

inline std::optional<instant> combine(scanner const& scan, calendar_date date, clock_time time,
                                      std::int32_t nanoseconds) noexcept {
    if (!scan.done() || date.month < 1 || date.month > 12 || date.day < 1 || date.day > days_in_month(date.year, date.month))
        return std::nullopt;
    auto const seconds = days_from(date) * seconds_per_day + std::int64_t{time.hour} * 3600 + std::int64_t{time.minute} * 60
                         + std::int64_t{time.second};
    return instant{seconds, nanoseconds};
}

inline std::optional<instant> parse_date_time(std::string_view text) noexcept {
    scanner scan(text);
    calendar_date date{};
    date.year = scan.digits(4);
    scan.expect("-");
    date.month = scan.digits(2);
    scan.expect("-");
    date.day = scan.digits(2);
    if (char const t = scan.take(); t != 'T' && t != 't') scan.fail();
    auto const time = take_time(scan);
    auto const nanoseconds = scan.fraction();
    std::int64_t offset = 0;
    char const zone = scan.take();
    if (zone == '+' || zone == '-') {
        auto const hours = scan.digits(2);
        scan.expect(":");
        auto const minutes = scan.digits(2);
        if (hours > 23 || minutes > 59) scan.fail();
        offset = (std::int64_t{hours} * 60 + std::int64_t{minutes}) * 60;
        if (zone == '-') offset = -offset;
    } else if (zone != 'Z' && zone != 'z') {
        scan.fail();
    }
    auto when = combine(scan, date, time, nanoseconds);
    if (when) when->seconds -= offset;
    return when;
}

// "Wed, 15 Jan 2025 12:34:56 GMT", "Wednesday, 15-Jan-25 12:34:56 GMT", "Wed Jan 15 12:34:56 2025"
inline std::optional<instant> parse_http_date(std::string_view text) noexcept {
    scanner scan(text);
    calendar_date date{};
    clock_time time{};
    std::int32_t nanoseconds = 0;
    auto const weekday = scan.name(weekday_names);
    if (scan.peek() == ' ') {
        scan.expect(" ");
        date.month = scan.name(month_names) + 1;
        scan.expect(" ");
        if (scan.peek() == ' ') scan.take(), date.day = scan.digits(1);
        else date.day = scan.digits(2);
        scan.expect(" ");
        time = take_time(scan);
        scan.expect(" ");
        date.year = scan.digits(4);
    } else if (scan.peek() == ',') {
        scan.expect(", ");
        date.day = scan.digits(2);
        scan.expect(" ");
        date.month = scan.name(month_names) + 1;
        scan.expect(" ");
        date.year = scan.digits(4);
        scan.expect(" ");
        time = take_time(scan);
        nanoseconds = scan.fraction();
        scan.expect(" GMT");
    } else {
        scan.expect(weekday_endings[weekday]);
        scan.expect(", ");
        date.day = scan.digits(2);
        scan.expect("-");
        date.month = scan.name(month_names) + 1;
        scan.expect("-");
        date.year = scan.digits(2);
        // RFC 9110: "Recipients [...] MUST interpret a timestamp that appears to be more than 50 years in the future as representing
        // the most recent year in the past that had the same last two digits." Without a clock, the years are 1970 to 2069.
        date.year += date.year < 70 ? 2000 : 1900;
        scan.expect(" ");
        time = take_time(scan);
        scan.expect(" GMT");
    }
    return combine(scan, date, time, nanoseconds);
}

// Moves the decimal point of the literal instead of multiplying a double, which would not be exact.
inline std::optional<instant> parse_epoch_seconds(std::string_view text) noexcept {
    if (!detail::is_json_number(text)) return std::nullopt;
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    long long exponent = 0;
    if (auto const e = text.find_first_of("eE"); e != text.npos) {
        bool const down = text[e + 1] == '-';
        for (char c : text.substr(e + 1)) {
            if (c >= '0' && c <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
        }
        if (down) exponent = -exponent;
        text = text.substr(0, e);
    }
    auto const point = text.find('.');
    auto const whole_digits = static_cast<long long>(point == text.npos ? text.size() : point);
    // Digit i counts 10^place seconds, where place = whole_digits - 1 - i + exponent.
    constexpr std::uint64_t limit = std::uint64_t{1} << 63; // seconds before the epoch; after the epoch, one less
    std::uint64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
    unsigned tenth = 0;                             // the tenth digit of the fraction
    bool more = false;                              // whether a later digit is not zero
    long long const last = whole_digits + exponent; // the number of digits of whole seconds
    long long digit_count = 0;
    for (char c : text) {
        if (c == '.') continue;
        auto const digit = static_cast<unsigned>(c - '0');
        auto const place = last - 1 - digit_count++;
        if (place >= 0) {
            if (seconds > (limit - digit) / 10) return std::nullopt;
            seconds = seconds * 10 + digit;
        } else if (place >= -9) {
            std::uint32_t scale = 1'000'000'000;
            for (long long p = place; p < 0; ++p) scale /= 10;
            nanoseconds += digit * scale;
        } else if (place == -10) {
            tenth = digit;
        } else {
            more = more || digit != 0;
        }
    }
    for (auto zeros = last - digit_count; zeros > 0 && seconds != 0; --zeros) {
        if (seconds > limit / 10) return std::nullopt;
        seconds *= 10;
    }
    // Rounds half up, which is towards zero before the epoch.
    if (tenth > 5 || (tenth == 5 && (more || !negative))) ++nanoseconds;
    if (nanoseconds == 1'000'000'000) nanoseconds = 0, ++seconds;
    if (negative && nanoseconds > 0) nanoseconds = 1'000'000'000 - nanoseconds, ++seconds;
    if (seconds > (negative ? limit : limit - 1)) return std::nullopt;
    return instant{static_cast<std::int64_t>(negative ? 0 - seconds : seconds), static_cast<std::int32_t>(nanoseconds)};
}

// The following functions write to `to` and return the end.

inline char* write_text(char* to, std::string_view text) noexcept { return std::copy(text.begin(), text.end(), to); }

[[gnu::noinline]] char* write_digits(char* to, std::int64_t value, int width) noexcept {
    for (int i = width; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
    return to + width;
}

inline char* write_time(char* to, std::int64_t second_of_day, std::int32_t nanoseconds) noexcept {
    to = write_digits(to, second_of_day / 3600, 2);
    *to++ = ':';
    to = write_digits(to, second_of_day / 60 % 60, 2);
    *to++ = ':';
    to = write_digits(to, second_of_day % 60, 2);
    return detail::write_fraction(to, static_cast<std::uint32_t>(nanoseconds));
}

inline char* write_calendar(char* to, instant value, bool http) noexcept {
    auto days = value.seconds / seconds_per_day;
    auto second_of_day = value.seconds % seconds_per_day;
    if (second_of_day < 0) second_of_day += seconds_per_day, --days;
    auto const date = date_from(days);
    if (!http) {
        to = write_digits(to, date.year, 4);
        *to++ = '-';
        to = write_digits(to, date.month, 2);
        *to++ = '-';
        to = write_digits(to, date.day, 2);
        *to++ = 'T';
        to = write_time(to, second_of_day, value.nanoseconds);
        *to++ = 'Z';
        return to;
    }
    auto const weekday = static_cast<std::size_t>(((days + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday
    to = write_text(to, weekday_names.substr(weekday * 3, 3));
    to = write_text(to, ", ");
    to = write_digits(to, date.day, 2);
    *to++ = ' ';
    to = write_text(to, month_names.substr((date.month - 1) * 3, 3));
    *to++ = ' ';
    to = write_digits(to, date.year, 4);
    *to++ = ' ';
    to = write_time(to, second_of_day, value.nanoseconds);
    return write_text(to, " GMT");
}

} // namespace detail::core

std::optional<instant> parse_timestamp(std::string_view text, timestamp_format format) noexcept {
    switch (format) {
    case timestamp_format::epoch_seconds: return detail::core::parse_epoch_seconds(text);
    case timestamp_format::date_time: return detail::core::parse_date_time(text);
    case timestamp_format::http_date: return detail::core::parse_http_date(text);
    case timestamp_format::unspecified: break;
    }
    return std::nullopt;
}

char* detail::write_epoch_seconds(char* to, instant value) noexcept {
    // -1.25 s is stored as -2 s plus 0.75 s.
    if (value.seconds < 0 && value.nanoseconds > 0) {
        ++value.seconds;
        value.nanoseconds = 1'000'000'000 - value.nanoseconds;
        if (value.seconds == 0) *to++ = '-';
    }
    if (value.seconds < 0) *to++ = '-';
    auto const seconds = static_cast<std::uint64_t>(value.seconds);
    to = write_unsigned(to, value.seconds < 0 ? 0 - seconds : seconds);
    return write_fraction(to, static_cast<std::uint32_t>(value.nanoseconds));
}

void append_timestamp(std::string& out, instant value, timestamp_format format) {
    char text[48];
    bool const number = format == timestamp_format::unspecified || format == timestamp_format::epoch_seconds;
    auto* const end = number ? detail::write_epoch_seconds(text, value)
                             : detail::core::write_calendar(text, value, format == timestamp_format::http_date);
    out.append(text, end);
}

bool in_calendar_range(instant value) noexcept {
    return value.seconds >= detail::core::first_second && value.seconds <= detail::core::last_second;
}

instant round_to_milliseconds(instant value) noexcept {
    value.nanoseconds = (value.nanoseconds + 500'000) / 1'000'000 * 1'000'000;
    if (value.nanoseconds < 1'000'000'000) return value;
    if (value.seconds == INT64_MAX) return {INT64_MAX, 999'000'000};
    return {value.seconds + 1, value.nanoseconds - 1'000'000'000};
}

} // namespace parley

#endif
