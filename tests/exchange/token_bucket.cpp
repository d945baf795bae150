// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/token_bucket.hpp>

#include <doctest/doctest.h>

#include <thread>
#include <vector>

TEST_SUITE_BEGIN("exchange");

TEST_CASE("token_bucket: tokens can be taken while there are enough, and never exceed the capacity") {
    parley::detail::token_bucket bucket(20);
    CHECK(bucket.take(14));
    CHECK(!bucket.take(14)); // takes all or nothing
    CHECK(bucket.available() == 6);
    CHECK(bucket.take(6));
    CHECK(!bucket.take(1));
    CHECK(bucket.take(0)); // zero tokens are always available
    bucket.give_back(14);
    CHECK(bucket.available() == 14);
    bucket.give_back(1000);
    CHECK(bucket.available() == 20);
    bucket.give_back(0);
    CHECK(bucket.available() == 20);
}

TEST_CASE("token_bucket: threads neither lose nor add tokens") {
    parley::detail::token_bucket bucket(1000);
    std::vector<int> taken(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : taken) {
            threads.emplace_back([&bucket, &mine] {
                for (int i = 0; i < 20'000; ++i) {
                    if (bucket.take(3)) mine += 3;
                    if (i % 2 == 0 && mine > 0) bucket.give_back(1), mine -= 1;
                }
            });
        }
    }
    int out = 0;
    for (int const t : taken) out += t;
    CHECK(bucket.available() + out == 1000);
    CHECK(bucket.available() < 3 + 4);
}

TEST_SUITE_END();
