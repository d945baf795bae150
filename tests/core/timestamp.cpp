// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/timestamp.hpp>

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("dates of RFC 3339, section 5.8") {
    // date -u -d 1985-04-12T23:20:50 +%s
    CHECK(parse_timestamp("1985-04-12T23:20:50.52Z", date_time) == instant{482196050, 520'000'000});
    // 1996-12-20T00:39:57Z
    CHECK(parse_timestamp("1996-12-19T16:39:57-08:00", date_time) == instant{851042397, 0});
    CHECK(parse_timestamp("1990-12-31T23:59:60Z", date_time) == instant{662688000, 0}); // the first second of 1991
    CHECK(parse_timestamp("1990-12-31T15:59:60-08:00", date_time) == instant{662688000, 0});
    CHECK(parse_timestamp("1937-01-01T12:00:27.87+00:20", date_time) == instant{-1041337173, 870'000'000});
    CHECK(parse_timestamp("2025-01-15t12:34:56.1234567899z", date_time) == instant{1736944496, 123456789});
}

TEST_CASE("dates of RFC 9110, section 5.6.7") {
    for (auto const* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        CHECK(parse_timestamp(text, http_date) == instant{784111777, 0});
    CHECK(parse_timestamp("Sun, 06 Nov 1994 08:49:37.5 GMT", http_date) == instant{784111777, 500'000'000});
    CHECK(written({784111777, 0}, http_date) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(written({784111777, 120'000'000}, http_date) == "Sun, 06 Nov 1994 08:49:37.12 GMT");
}

TEST_CASE("seconds since the epoch are exact in decimal") {
    CHECK(parse_timestamp("1736944496", epoch_seconds) == instant{1736944496, 0});
    CHECK(parse_timestamp("1.736944496E9", epoch_seconds) == instant{1736944496, 0});
    CHECK(parse_timestamp("1736944496123e-3", epoch_seconds) == instant{1736944496, 123'000'000});
    CHECK(parse_timestamp("0.0000000005", epoch_seconds) == instant{0, 1});
    CHECK(parse_timestamp("0.9999999995", epoch_seconds) == instant{1, 0});
    CHECK(parse_timestamp("-0.0005", epoch_seconds) == instant{-1, 999'500'000});
    CHECK(parse_timestamp("-62135596800", epoch_seconds) == instant{-62135596800, 0});
    for (auto const* text : {"", " 5", "5 ", "+5", "NaN", "Infinity", "0x10", "1e300", "1e99999999999999999999", "99999999999999999999", "true"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, epoch_seconds));
    }
    CHECK(parse_timestamp("1e-99999999999999999999", epoch_seconds) == instant{0, 0});
    CHECK(written({1736944496, 123'000'000}, epoch_seconds) == "1736944496.123");
    CHECK(written({-1, 999'500'000}, epoch_seconds) == "-0.0005");
    CHECK(written({-2, 750'000'000}, epoch_seconds) == "-1.25");
}

TEST_CASE("rounding to milliseconds takes halves up") {
    CHECK(parley::round_to_milliseconds({0, 500'000}) == instant{0, 1'000'000});
    CHECK(parley::round_to_milliseconds({-1, 999'500'000}) == instant{0, 0});
    CHECK(parley::round_to_milliseconds({1736944496, 999'600'000}) == instant{1736944497, 0});
}

TEST_CASE("each day of ten thousand years is written and read") {
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

TEST_CASE("dates that are none are refused") {
    for (auto const* text : {"", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
                             "2025-01-15T24:00:00Z", "2025-01-15T00:60:00Z", "2025-01-15T00:00:61Z", "2025-01-15 00:00:00Z",
                             "2025-01-15T00:00:00", "2025-01-15T00:00:00+24:00", "2025-01-15T00:00:00.Z", "25-01-15T00:00:00Z",
                             "2025-1-15T00:00:00Z", "2025-01-15T00:00:00ZZ", "Wed, 15 Jan 2025 12:34:56 UTC"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, date_time));
    }
    for (auto const* text : {"", "Foo, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
                             "Sun, 06 Nov 1994 08:49:37", "Sun,06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"}) {
        CAPTURE(text);
        CHECK(!parse_timestamp(text, http_date));
    }
}

TEST_CASE("a date that is cut or changed anywhere is read or refused") {
    for (auto const& [text, format] : {std::pair<std::string, parley::timestamp_format>{"2025-01-15T12:34:56.789+01:00", date_time},
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
