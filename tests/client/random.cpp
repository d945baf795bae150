// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>

#include <set>

TEST_SUITE_BEGIN("client");

TEST_CASE("random: a UUID has version 4 and the variant of RFC 9562, and differs each time") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        auto const uuid = parley::detail::random_uuid();
        REQUIRE(uuid.size() == 36);
        for (std::size_t at = 0; at < uuid.size(); ++at) {
            bool const dash = at == 8 || at == 13 || at == 18 || at == 23;
            CHECK(std::string_view(dash ? "-" : "0123456789abcdef").find(uuid[at]) != std::string_view::npos);
        }
        CHECK(uuid[14] == '4');
        CHECK(std::string_view("89ab").find(uuid[19]) != std::string_view::npos);
        CHECK(seen.insert(uuid).second);
    }
}

TEST_CASE("random: a fraction is at least 0 and below 1, and varies") {
    double least = 1, most = 0;
    for (int i = 0; i < 1000; ++i) {
        auto const fraction = parley::detail::random_fraction();
        CHECK(fraction >= 0);
        CHECK(fraction < 1);
        least = std::min(least, fraction);
        most = std::max(most, fraction);
    }
    CHECK(least < most);
}

TEST_SUITE_END();
