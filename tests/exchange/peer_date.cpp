// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/peer_date.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::detail::parse_peer_date;

// 1994-11-06T08:49:37Z, the example of RFC 9110, section 5.6.7.
TEST_CASE("peer_date: the three forms of an HTTP date and those of RFC 3339 are the same time") {
    constexpr auto expected = parley::detail::peer_time(784111777s);
    for (auto const text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                            "1994-11-06T08:49:37Z", "1994-11-06T09:49:37+01:00", "1994-11-06T08:49:37"}) {
        CAPTURE(text);
        CHECK(parse_peer_date(text) == expected);
    }
    CHECK(parse_peer_date("1994-11-06T08:49:37.123999Z") == expected + 123ms);
    for (auto const text : {"", "Z", "784111777", "tomorrow", "1994-11-06", "Sun, 06 Nov 1994 08:49:37 GMT, 4"}) {
        CAPTURE(text);
        CHECK(!parse_peer_date(text));
    }
}

TEST_SUITE_END();
