// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/member_set.hpp>

#include <doctest/doctest.h>

#include <initializer_list>

TEST_SUITE_BEGIN("describe");

TEST_CASE("member_set: inserts and erases positions in all words") {
    parley::detail::member_set set;
    CHECK(set.empty());
    CHECK(set.first() == parley::detail::member_set::capacity);
    for (std::size_t i : {3U, 63U, 64U, 255U}) set.insert(i);
    CHECK(set.first() == 3);
    set.erase(3);
    CHECK(set.first() == 63);
    CHECK(!set.contains(3));
    CHECK(set.contains(255));
    CHECK(!set.empty());
}

TEST_CASE("member_set: intersection and difference") {
    parley::detail::member_set a, b;
    a.insert(1), a.insert(70), b.insert(70), b.insert(2);
    auto const both = a & b, rest = a - b;
    CHECK(both.contains(70));
    CHECK(both.first() == 70);
    CHECK(rest.contains(1));
    CHECK(!rest.contains(70));
}

TEST_SUITE_END();
