// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/paginate.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_CASE("tokens that all differ are new") {
    parley::detail::token_watch watch;
    for (int i = 0; i < 1000; ++i) CHECK(watch.is_new(std::to_string(i)));
}

TEST_CASE("tokens that go round in a circle are noticed, however long it is and wherever it begins") {
    for (int before : {0, 1, 5, 100}) {
        for (int round : {1, 2, 3, 17, 64}) {
            parley::detail::token_watch watch;
            int asked = 0;
            bool is_new = true;
            for (; is_new && asked < 10'000; ++asked) {
                auto const token = asked < before ? -asked - 1 : (asked - before) % round;
                is_new = watch.is_new(std::to_string(token));
            }
            CHECK(!is_new);
            // Brent's algorithm needs at most three times what the walk to the end of the first round takes.
            CHECK(asked <= 3 * (before + round) + 3);
        }
    }
}
