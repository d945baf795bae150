// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_HASH_COLLISIONS_HPP
#define PARLEY_DESCRIBE_HASH_COLLISIONS_HPP

#include <parley/core/version.hpp>

#include <cstddef>

namespace parley::inline PARLEY_ABI::detail {

/// A hash table with a bucket interface, such as those of the standard library.
template <class Table>
concept has_buckets = requires(Table const& table, typename Table::key_type const& key) {
    table.bucket(key);
    table.begin(table.bucket(key)) != table.end(table.bucket(key));
    table.key_eq()(key, key);
    table.load_factor();
};

/// Returns the number of keys that a look-up of `key` compares beyond what chance explains.
///
/// With a good hash function, less than one key in 100,000 shares its bucket with more than eight others. Returns 0 for containers
/// without a bucket interface.
template <class Table>
std::size_t excess_collisions(Table const& table, typename Table::key_type const& key) {
    if constexpr (has_buckets<Table>) {
        std::size_t expected = 8;
        if (table.size() <= expected) return 0;
        // A load factor above 1 allows more keys in each bucket.
        if (auto const load = table.load_factor(); load > 1) expected = static_cast<std::size_t>(load * 8);
        auto const bucket = table.bucket(key);
        std::size_t compared = 0;
        for (auto at = table.begin(bucket), end = table.end(bucket); at != end; ++at, ++compared) {
            if constexpr (requires { typename Table::mapped_type; }) {
                if (table.key_eq()(at->first, key)) break;
            } else {
                if (table.key_eq()(*at, key)) break;
            }
        }
        return compared > expected ? compared - expected : 0;
    } else {
        return 0;
    }
}

} // namespace parley::detail

#endif
