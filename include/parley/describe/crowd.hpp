// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_CROWD_HPP
#define PARLEY_DESCRIBE_CROWD_HPP

#include <parley/core/version.hpp>

#include <cstddef>

namespace parley::inline PARLEY_ABI::detail {

/// A hash table that shows its buckets, as those of the standard library do.
template <class Table>
concept has_buckets = requires(Table const& table, typename Table::key_type const& key) {
    table.bucket(key);
    table.begin(table.bucket(key)) != table.end(table.bucket(key));
    table.key_eq()(key, key);
    table.load_factor();
};

/// How many keys of the table have to be passed to find `key`, or to find that it is not there, beyond what chance explains: with
/// a good hash function, less than one key in 100,000 shares its bucket with more than eight others. Always 0 for containers that
/// are no hash tables or do not show their buckets.
template <class Table>
std::size_t crowd_before(Table const& table, typename Table::key_type const& key) {
    if constexpr (has_buckets<Table>) {
        std::size_t usual = 8;
        if (table.size() <= usual) return 0;
        // More where the user allows more of them in each bucket.
        if (auto const load = table.load_factor(); load > 1) usual = static_cast<std::size_t>(load * 8);
        auto const bucket = table.bucket(key);
        std::size_t passed = 0;
        for (auto at = table.begin(bucket), end = table.end(bucket); at != end; ++at, ++passed) {
            if constexpr (requires { typename Table::mapped_type; }) {
                if (table.key_eq()(at->first, key)) break;
            } else {
                if (table.key_eq()(*at, key)) break;
            }
        }
        return passed > usual ? passed - usual : 0;
    } else {
        return 0;
    }
}

} // namespace parley::detail

#endif
