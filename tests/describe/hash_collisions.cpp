// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/hash_collisions.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

using parley::detail::excess_collisions;

namespace {

/// A hash function that puts all keys into one bucket.
struct same_hash {
    std::size_t operator()(int) const noexcept { return 7; }
};
using crowded_set = std::unordered_set<int, same_hash>;
using crowded_map = std::unordered_map<int, std::string, same_hash>;

template <class Table>
std::vector<std::size_t> crowds(Table const& table, int count) {
    std::vector<std::size_t> all;
    for (int key = 0; key < count; ++key) all.push_back(excess_collisions(table, key));
    std::sort(all.begin(), all.end());
    return all;
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("hash_collisions: of a bucket, the first eight keys are free, and each further one counts") {
    crowded_set set;
    crowded_map map;
    for (int key = 0; key < 20; ++key) {
        set.insert(key);
        map.emplace(key, "value");
    }
    // In whatever order: one key has none before it, one has one, ... one has 19.
    std::vector<std::size_t> expected(9, 0);
    for (std::size_t i = 9; i < 20; ++i) expected.push_back(i - 8);
    REQUIRE(set.load_factor() <= 1);
    CHECK(crowds(set, 20) == expected);
    CHECK(crowds(map, 20) == expected);
    // To find that a key is not there, all have to be passed.
    CHECK(excess_collisions(set, 99) == 20 - 8);
    CHECK(excess_collisions(map, 99) == 20 - 8);
}

TEST_CASE("hash_collisions: a small table has none") {
    crowded_set set;
    CHECK(excess_collisions(set, 0) == 0);
    for (int key = 0; key < 8; ++key) set.insert(key);
    CHECK(excess_collisions(set, 99) == 0);
    set.insert(8);
    CHECK(excess_collisions(set, 99) == 1);
}

TEST_CASE("hash_collisions: where the user allows a higher load, more are free") {
    crowded_set set;
    set.max_load_factor(100);
    set.rehash(1);
    for (int key = 0; key < 40; ++key) set.insert(key);
    auto const load = set.load_factor();
    REQUIRE(load > 1);
    REQUIRE(load <= 40);
    auto const usual = static_cast<std::size_t>(load * 8);
    CHECK(excess_collisions(set, 99) == (40 > usual ? 40 - usual : 0));
}

TEST_CASE("hash_collisions: keys that spread have none") {
    std::unordered_set<int> set;
    for (int key = 0; key < 1000; ++key) set.insert(key);
    for (int key = 0; key < 2000; ++key) CHECK(excess_collisions(set, key) == 0);
}

TEST_CASE("hash_collisions: containers that are no hash tables have none") {
    std::map<int, int> map;
    std::set<int> set;
    for (int key = 0; key < 100; ++key) map[key] = key, set.insert(key);
    CHECK(excess_collisions(map, 99) == 0);
    CHECK(excess_collisions(set, 99) == 0);
    CHECK(!parley::detail::has_buckets<std::map<int, int>>);
    CHECK(parley::detail::has_buckets<crowded_map>);
    CHECK(parley::detail::has_buckets<crowded_set>);
}

TEST_SUITE_END();
