// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/timestamp.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("core");

using parley::instant;
using parley::parse_timestamp;
using enum parley::timestamp_format;

namespace {
std::string written(instant value, parley::timestamp_format format) {
    std::string out;
    parley::append_timestamp(out, value, format);
    return out;
}
} // namespace

TEST_CASE("timestamp: examples of RFC 3339, section 5.8") {
    // date -u -d 1985-04-12T23:20:50 +%s
    CHECK(parse_timestamp("1985-04-12T23:20:50.52Z", date_time) == instant{482196050, 520'000'000});
    // 1996-12-20T00:39:57Z
    CHECK(parse_timestamp("1996-12-19T16:39:57-08:00", date_time) == instant{851042397, 0});
    CHECK(parse_timestamp("1990-12-31T23:59:60Z", date_time) == instant{662688000, 0}); // the first second of 1991
    CHECK(parse_timestamp("1990-12-31T15:59:60-08:00", date_time) == instant{662688000, 0});
    CHECK(parse_timestamp("1937-01-01T12:00:27.87+00:20", date_time) == instant{-1041337173, 870'000'000});
    CHECK(parse_timestamp("2025-01-15t12:34:56.1234567899z", date_time) == instant{1736944496, 123456789});
}

TEST_CASE("timestamp: examples of RFC 9110, section 5.6.7") {
    for (auto const* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        CHECK(parse_timestamp(text, http_date) == instant{784111777, 0});
    CHECK(parse_timestamp("Sun, 06 Nov 1994 08:49:37.5 GMT", http_date) == instant{784111777, 500'000'000});
    CHECK(written({784111777, 0}, http_date) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(written({784111777, 120'000'000}, http_date) == "Sun, 06 Nov 1994 08:49:37.12 GMT");
}

TEST_CASE("timestamp: epoch seconds are exact in decimal") {
    CHECK(parse_timestamp("1736944496", epoch_seconds) == instant{1736944496, 0});
    CHECK(parse_timestamp("1.736944496E9", epoch_seconds) == instant{1736944496, 0});
    CHECK(parse_timestamp("1736944496123e-3", epoch_seconds) == instant{1736944496, 123'000'000});
    CHECK(parse_timestamp("0.0000000005", epoch_seconds) == instant{0, 1});
    CHECK(parse_timestamp("0.9999999995", epoch_seconds) == instant{1, 0});
    CHECK(parse_timestamp("-0.0005", epoch_seconds) == instant{-1, 999'500'000});
    CHECK(parse_timestamp("-62135596800", epoch_seconds) == instant{-62135596800, 0});
    for (auto const* text :
         {"", " 5", "5 ", "+5", "NaN", "Infinity", "0x10", "1e300", "1e99999999999999999999", "99999999999999999999", "true"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, epoch_seconds));
    }
    CHECK(parse_timestamp("1e-99999999999999999999", epoch_seconds) == instant{0, 0});
    CHECK(written({1736944496, 123'000'000}, epoch_seconds) == "1736944496.123");
    CHECK(written({-1, 999'500'000}, epoch_seconds) == "-0.0005");
    CHECK(written({-2, 750'000'000}, epoch_seconds) == "-1.25");
}

TEST_CASE("timestamp: milliseconds are rounded half up") {
    CHECK(parley::round_to_milliseconds({0, 500'000}) == instant{0, 1'000'000});
    CHECK(parley::round_to_milliseconds({-1, 999'500'000}) == instant{0, 0});
    CHECK(parley::round_to_milliseconds({1736944496, 999'600'000}) == instant{1736944497, 0});
}

TEST_CASE("timestamp: each day of ten thousand years round-trips") {
    CHECK(written({-62167219200, 0}, date_time) == "0000-01-01T00:00:00Z");
    CHECK(written({253402300799, 0}, date_time) == "9999-12-31T23:59:59Z");
    CHECK(written({1709164800, 0}, date_time) == "2024-02-29T00:00:00Z");
    for (std::int64_t seconds = -62167219200; seconds <= 253402300799; seconds += 86400 * 13 + 3661) {
        instant const when{seconds, 0};
        CHECK(parley::in_calendar_range(when));
        CHECK(parse_timestamp(written(when, date_time), date_time) == when);
        CHECK(parse_timestamp(written(when, http_date), http_date) == when);
    }
    CHECK(!parley::in_calendar_range({-62167219201, 0}));
    CHECK(!parley::in_calendar_range({253402300800, 0}));
}

TEST_CASE("timestamp: the calendar is Gregorian, counted day by day") {
    constexpr std::string_view weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const digit = [](int n) { return static_cast<char>('0' + n); };
    auto const two = [&](int n) { return std::string{digit(n / 10), digit(n % 10)}; };
    auto const four = [&](int n) { return two(n / 100) + two(n % 100); };
    // 1970 years of 365 days and 478 leap days (years 0, 4, ... 1968: 493; less the 20 full centuries 0 to 1900; and
    // again the 5 of them that 400 divides): 719528 days before 1970-01-01.
    static_assert(1970 * 365 + 493 - 20 + 5 == 719528);
    std::int64_t seconds = -719528LL * 86400;
    // 1970-01-01 was a Thursday, the 4, and 719528 = 7 * 102789 + 5.
    std::size_t weekday = 6;
    int checked = 0;
    for (int year = 0; year <= 9999; ++year) {
        bool const leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; ++month) {
            bool const short_month = month == 4 || month == 6 || month == 9 || month == 11;
            int const days = month == 2 ? (leap ? 29 : 28) : short_month ? 30 : 31;
            for (int day = 1; day <= days; ++day, seconds += 86400, weekday = (weekday + 1) % 7) {
                // The ends of each month, and a day of each month between them that changes.
                if (day != 1 && day != days && day != 2 + year % 26) continue;
                auto const date = four(year) + "-" + two(month) + "-" + two(day) + "T00:00:00Z";
                auto const http = std::string(weekdays[weekday]) + ", " + two(day) + " " + std::string(months[month - 1]) + " "
                                  + four(year) + " 00:00:00 GMT";
                if (written({seconds, 0}, date_time) != date || written({seconds, 0}, http_date) != http
                    || parse_timestamp(date, date_time) != instant{seconds, 0}
                    || parse_timestamp(http, http_date) != instant{seconds, 0})
                    FAIL(date, " ", http, " ", seconds);
                ++checked;
            }
            auto const none = four(year) + "-" + two(month) + "-" + two(days + 1) + "T00:00:00Z";
            if (parse_timestamp(none, date_time)) FAIL(none);
        }
    }
    CHECK(seconds == 253402300800);
    CHECK(checked > 300'000);
}

TEST_CASE("timestamp: epoch seconds are rounded half up to nanoseconds, also before the epoch") {
    CHECK(parse_timestamp("-0.0000000005", epoch_seconds) == instant{0, 0});
    CHECK(parse_timestamp("-0.00000000050000000001", epoch_seconds) == instant{-1, 999'999'999});
    CHECK(parse_timestamp("-0.0000000015", epoch_seconds) == instant{-1, 999'999'999});
    CHECK(parse_timestamp("-0.9999999995", epoch_seconds) == instant{-1, 1});
    CHECK(parse_timestamp("-0.99999999951", epoch_seconds) == instant{-1, 0});
    CHECK(parse_timestamp("0.00000000049999999999", epoch_seconds) == instant{0, 0});
    CHECK(parse_timestamp("1.2345678915", epoch_seconds) == instant{1, 234567892});
    CHECK(parse_timestamp("-5e-10", epoch_seconds) == instant{0, 0});
    CHECK(parse_timestamp("-0", epoch_seconds) == instant{0, 0});
    CHECK(parse_timestamp("-0.0e5", epoch_seconds) == instant{0, 0});
}

TEST_CASE("timestamp: epoch seconds have the range of 64 bits") {
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    CHECK(parse_timestamp("9223372036854775807", epoch_seconds) == instant{highest, 0});
    CHECK(parse_timestamp("9223372036854775807.999999999", epoch_seconds) == instant{highest, 999'999'999});
    CHECK(parse_timestamp("-9223372036854775808", epoch_seconds) == instant{lowest, 0});
    CHECK(parse_timestamp("-9223372036854775807.5", epoch_seconds) == instant{lowest, 500'000'000});
    CHECK(parse_timestamp("-9.223372036854775808e18", epoch_seconds) == instant{lowest, 0});
    for (auto const* text : {"9223372036854775808", "9223372036854775807.9999999995", "-9223372036854775808.000000001",
                             "-9223372036854775809", "9.3e18", "92233720368547758070", "1e19"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, epoch_seconds));
    }
    for (auto const& when :
         {instant{lowest, 0}, instant{lowest, 1}, instant{-1, 1}, instant{0, 1}, instant{highest, 999'999'999}})
        CHECK(parse_timestamp(written(when, epoch_seconds), epoch_seconds) == when);
    CHECK(written({lowest, 0}, epoch_seconds) == "-9223372036854775808");
    CHECK(written({1736944496, 0}, unspecified) == "1736944496");
    CHECK(parley::round_to_milliseconds({highest, 999'999'999}) == instant{highest, 999'000'000});
    CHECK(parley::round_to_milliseconds({lowest, 499'999}) == instant{lowest, 0});
}

TEST_CASE("timestamp: an exponent of any size moves the decimal point") {
    CHECK(parse_timestamp("1736944496e0", epoch_seconds) == instant{1736944496, 0});
    CHECK(parse_timestamp("17369444965E-1", epoch_seconds) == instant{1736944496, 500'000'000});
    CHECK(parse_timestamp("0.0000000017369444965e+18", epoch_seconds) == instant{1736944496, 500'000'000});
    CHECK(parse_timestamp("0e99999999999999999999", epoch_seconds) == instant{0, 0});
    CHECK(parse_timestamp("1" + std::string(1000, '0') + "e-1000", epoch_seconds) == instant{1, 0});
    // Long digit strings with compensating exponents.
    CHECK(parse_timestamp("0." + std::string(1'999'999, '0') + "1e2000000", epoch_seconds) == instant{1, 0});
    CHECK(parse_timestamp("1" + std::string(11'000'000, '0') + "e-11000000", epoch_seconds) == instant{1, 0});
}

TEST_CASE("timestamp: the weekday must have the form of the date") {
    std::pair<char const*, char const*> const names[] = {{"Sun", "Sunday"},    {"Mon", "Monday"},   {"Tue", "Tuesday"},
                                                         {"Wed", "Wednesday"}, {"Thu", "Thursday"}, {"Fri", "Friday"},
                                                         {"Sat", "Saturday"}};
    for (auto const& [short_name, long_name] : names) {
        // It may contradict the date.
        constexpr instant when{784111777, 0};
        CHECK(parse_timestamp(std::string(short_name) + ", 06 Nov 1994 08:49:37 GMT", http_date) == when);
        CHECK(parse_timestamp(std::string(long_name) + ", 06-Nov-94 08:49:37 GMT", http_date) == when);
        CHECK(parse_timestamp(std::string(short_name) + " Nov  6 08:49:37 1994", http_date) == when);
        CHECK(!parse_timestamp(std::string(short_name) + ", 06-Nov-94 08:49:37 GMT", http_date));
        CHECK(!parse_timestamp(std::string(long_name) + ", 06 Nov 1994 08:49:37 GMT", http_date));
    }
    for (auto const* text :
         {"Sundays, 06-Nov-94 08:49:37 GMT", "Sunxyz, 06-Nov-94 08:49:37 GMT", "Tueday, 06-Nov-94 08:49:37 GMT",
          "unM, 06 Nov 1994 08:49:37 GMT", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, http_date));
    }
}

TEST_CASE("timestamp: two-digit years are 1970 to 2069") {
    CHECK(parse_timestamp("Thursday, 01-Jan-70 00:00:00 GMT", http_date) == instant{0, 0});
    // 100 years with the 25 leap days of 1972 to 2068, less a second.
    CHECK(parse_timestamp("Tuesday, 31-Dec-69 23:59:59 GMT", http_date) == instant{(100 * 365 + 25) * 86400LL - 1, 0});
}

TEST_CASE("timestamp: offsets are subtracted across days and years") {
    // 2025-01-01T00:00:00Z: 55 years since 1970 with the 14 leap days of 1972 to 2024.
    constexpr std::int64_t new_year = (55 * 365 + 14) * 86400LL;
    CHECK(parse_timestamp("2025-01-01T00:00:00+00:00", date_time) == instant{new_year, 0});
    CHECK(parse_timestamp("2025-01-01T00:00:00-00:00", date_time) == instant{new_year, 0}); // RFC 3339, section 4.3
    CHECK(parse_timestamp("2025-01-01T05:45:00+05:45", date_time) == instant{new_year, 0});
    CHECK(parse_timestamp("2024-12-31T00:01:00.000000001-23:59", date_time) == instant{new_year, 1});
    for (auto const* zone : {"", "+", "+0000", "+00", "+00:60", "+24:00", "-00:0", "+00:00Z", "Z+00:00", "GMT", " Z", "+ 0:00"}) {
        CAPTURE(zone);
        CHECK(!parse_timestamp(std::string("2025-01-01T00:00:00") + zone, date_time));
    }
    // An offset may move the date beyond the years 0000 to 9999.
    auto const before = parse_timestamp("0000-01-01T00:00:00+00:01", date_time);
    REQUIRE(before);
    CHECK(!parley::in_calendar_range(*before));
}

TEST_CASE("timestamp: fractions of any length are truncated to nine digits") {
    CHECK(parse_timestamp("1970-01-01T00:00:00.9999999999Z", date_time) == instant{0, 999'999'999});
    auto const nines = std::string(100'000, '9');
    CHECK(parse_timestamp("1970-01-01T00:00:00." + nines + "Z", date_time) == instant{0, 999'999'999});
    CHECK(parse_timestamp("1969-12-31T23:59:59.25Z", date_time) == instant{-1, 250'000'000});
    CHECK(written({-1, 250'000'000}, date_time) == "1969-12-31T23:59:59.25Z");
    CHECK(written({0, 1}, date_time) == "1970-01-01T00:00:00.000000001Z");
    CHECK(written({0, 1'000'000}, http_date) == "Thu, 01 Jan 1970 00:00:00.001 GMT");
    CHECK(parse_timestamp("Thu, 01 Jan 1970 00:00:00.001 GMT", http_date) == instant{0, 1'000'000});
    CHECK(!parse_timestamp("Thu, 01 Jan 1970 00:00:00. GMT", http_date));
    CHECK(!parse_timestamp(std::string_view("1970-01-01T00:00:00Z\0", 21), date_time));
}

TEST_CASE("timestamp: each format accepts its own texts only") {
    CHECK(!parse_timestamp("0", unspecified));
    CHECK(!parse_timestamp("0", date_time));
    CHECK(!parse_timestamp("0", http_date));
    CHECK(!parse_timestamp("1970-01-01T00:00:00Z", epoch_seconds));
    CHECK(!parse_timestamp("1970-01-01T00:00:00Z", unspecified));
}

TEST_CASE("timestamp: impossible dates are rejected") {
    for (auto const* text : {"", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
                             "2025-01-15T24:00:00Z", "2025-01-15T00:60:00Z", "2025-01-15T00:00:61Z", "2025-01-15 00:00:00Z",
                             "2025-01-15T00:00:00", "2025-01-15T00:00:00+24:00", "2025-01-15T00:00:00.Z", "25-01-15T00:00:00Z",
                             "2025-1-15T00:00:00Z", "2025-01-15T00:00:00ZZ", "Wed, 15 Jan 2025 12:34:56 UTC"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, date_time));
    }
    for (auto const* text :
         {"", "Foo, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37", "Sun,06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, http_date));
    }
}

TEST_CASE("timestamp: a truncated or modified date is parsed or rejected") {
    for (auto const& [text, format] :
         {std::pair<std::string, parley::timestamp_format>{"2025-01-15T12:34:56.789+01:00", date_time},
          {"Wed, 15 Jan 2025 12:34:56.5 GMT", http_date},
          {"Wednesday, 15-Jan-25 12:34:56 GMT", http_date},
          {"Wed Jan 15 12:34:56 2025", http_date},
          {"-1736944496.123e-2", epoch_seconds}}) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            parse_timestamp(std::string_view(text).substr(0, i), format);
            for (int bit = 0; bit < 8; ++bit) {
                auto changed = text;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                parse_timestamp(changed, format);
            }
        }
    }
}

TEST_CASE("timestamp: nothing is read beyond the end, and truncated dates are rejected") {
    std::pair<std::string_view, parley::timestamp_format> const dates[] = {
        {"1996-12-19T16:39:57-08:00", date_time},     {"1985-04-12T23:20:50.52Z", date_time},
        {"Sun, 06 Nov 1994 08:49:37 GMT", http_date}, {"Sunday, 06-Nov-94 08:49:37 GMT", http_date},
        {"Sun Nov  6 08:49:37 1994", http_date},
    };
    for (auto const& date : dates) {
        auto const text = date.first;
        for (std::size_t size = 0; size <= text.size(); ++size) {
            // Copies of exactly that size, so that a sanitizer detects reads beyond the end.
            std::vector<char> const cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
            CAPTURE(text);
            CAPTURE(size);
            CHECK(parse_timestamp({cut.data(), cut.size()}, date.second).has_value() == (size == text.size()));
        }
    }
    std::string_view const seconds = "-1736944496.123e-2";
    for (std::size_t size = 0; size <= seconds.size(); ++size) {
        std::vector<char> const copy(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(size));
        std::string_view const cut(copy.data(), copy.size());
        // Cut after "-", "." and "e", a digit is missing.
        bool const complete = !cut.empty() && cut.back() >= '0' && cut.back() <= '9';
        CHECK(parse_timestamp(cut, epoch_seconds).has_value() == complete);
    }
}

TEST_SUITE_END();
