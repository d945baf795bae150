// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_OPTIONS_HPP
#define PARLEY_JSON_OPTIONS_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <memory_resource>

namespace parley::inline PARLEY_ABI {

/// What happens to data that does not fit its description.
enum class strictness : std::uint8_t {
    /// Missing required members, wrong types and invalid UTF-8 are errors. Unknown members are ignored, null is absent.
    strict,
    /// As `strict`, but a missing required member keeps its default value, timestamps in epoch seconds may be texts, items that a set
    /// has already are dropped and invalid UTF-8 becomes U+FFFD. No value is made up that the peer might have meant: an `open_enum`
    /// without a default that is missing becomes an unknown value of no text; a union that holds nothing known is absent, or holds
    /// an `unknown_member` or std::monostate. What can be neither, as an enumeration that is closed, is an error.
    lenient,
    /// As the AWS SDK for JavaScript was seen to do: as `lenient`, and an array counts as an empty structure, as do a text and a number
    /// where they are the whole; an array counts as a map whose keys are the positions; a timestamp may be the `value` of an object.
    compatible,
};

/// Bounds on what a peer can make the decoder do. What goes beyond is an error.
struct decode_limits {
    std::size_t bytes = std::size_t{256} << 20; ///< size of the text
    std::size_t depth = 256;                    ///< levels of objects and arrays; each takes some 200 bytes of the stack
    std::size_t values = 10'000'000;            ///< list items, map entries and members, all together
    std::size_t violations = 100;               ///< reported before decoding gives up
    /// Keys that are passed in crowded buckets of hash tables, all together. Who knows the hash function can choose keys that all
    /// stand in one bucket, so that each takes as long as there are others. With a good hash function and honest keys, nothing is
    /// counted: a bucket is crowded if it has more than eight keys (times the load factor, if that is above 1). This holds for
    /// all tables that show their buckets, as std::unordered_map and std::unordered_set do, whatever their hash function.
    std::size_t collisions = 10'000;
};

/// How to decode.
struct decode_options {
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{};
    bool check_constraints = true; ///< whether violated constraints are errors
    /// As a server reads: the peer cannot know more than the description. Null in lists and maps that have no place for it, values
    /// that an enumeration does not have, members that a union does not have and offsets in timestamps are errors.
    bool reject_unknown_values = false;
    /// Where the texts, lists and maps that are read allocate, if they are of std::pmr, and where what a view cannot borrow is copied
    /// to. Null: where the types do by themselves, and a text with an escape does not fit into a view. Must outlive the value. What
    /// views refer to is not given back to it: it is best a std::pmr::monotonic_buffer_resource.
    std::pmr::memory_resource* memory = nullptr;
};

} // namespace parley

#endif
