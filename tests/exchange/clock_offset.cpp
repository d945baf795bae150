// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/clock_offset.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;

namespace {

// Wed, 15 Jan 2025 12:34:56 GMT
constexpr auto now = parley::detail::clock_offset::time_point(1736944496s);

} // namespace

TEST_CASE("clock_offset: an offset of five minutes or more is corrected") {
    parley::detail::clock_offset offset;
    CHECK(!offset.observe("Wed, 15 Jan 2025 12:34:56 GMT", now, 0ms));
    CHECK(!offset.observe("Wed, 15 Jan 2025 12:39:55 GMT", now, 0ms));
    CHECK(!offset.observe("Wed, 15 Jan 2025 12:29:57 GMT", now, 0ms));
    CHECK(offset.value() == 0ms);
    CHECK(offset.observe("Wed, 15 Jan 2025 12:39:56 GMT", now, 0ms));
    CHECK(offset.value() == 300s);
    CHECK(offset.observe("Wed, 15 Jan 2025 12:29:56 GMT", now, 300s));
    CHECK(offset.value() == -300s);
    // The offset is correct now.
    CHECK(!offset.observe("Wed, 15 Jan 2025 12:29:56 GMT", now, -300s));
}

TEST_CASE("clock_offset: an attempt that was signed before another one corrected the offset used a wrong time") {
    parley::detail::clock_offset offset;
    CHECK(offset.observe("Wed, 15 Jan 2025 13:34:56 GMT", now, 0ms));
    CHECK(offset.observe("Wed, 15 Jan 2025 13:34:57 GMT", now, 0ms));
    CHECK(offset.value() == 3601s);
}

TEST_CASE("clock_offset: dates of other forms are accepted, and invalid dates are ignored") {
    parley::detail::clock_offset offset;
    for (auto const text :
         {"", "not a date", "Wed, 99 Jan 2025 12:34:56 GMT", "1736948096", "Wed, 15 Jan 9999 12:34:56 GMT",
          "0000-01-01T00:00:00Z", "2025-01-15T13:34:56 and much more text than any date could ever have in it"}) {
        CAPTURE(text);
        CHECK(!offset.observe(text, now, 0ms));
    }
    CHECK(offset.value() == 0ms);
    for (auto const text : {"2025-01-15T13:34:56Z", "2025-01-15T14:34:56+01:00", "2025-01-15T13:34:56",
                            "Wednesday, 15-Jan-25 13:34:56 GMT", "Wed Jan 15 13:34:56 2025"}) {
        CAPTURE(text);
        parley::detail::clock_offset other;
        CHECK(other.observe(text, now, 0ms));
        CHECK(other.value() == 3600s);
    }
}

TEST_SUITE_END();
