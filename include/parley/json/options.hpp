// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_OPTIONS_HPP
#define PARLEY_JSON_OPTIONS_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <memory_resource>

namespace parley::inline PARLEY_ABI {

/// How the decoder treats data that deviates from its description.
enum class strictness : std::uint8_t {
    /// Missing required members, wrong types and invalid UTF-8 are errors. Unknown members are ignored, null counts as absent.
    strict,
    /// As `strict`, but a missing required member keeps its default value, timestamps in epoch seconds may be strings, duplicate
    /// items of a set are dropped, and invalid UTF-8 is replaced by U+FFFD. The decoder never invents a value that the peer could
    /// have sent: a missing `open_enum` without a default becomes an unknown value with an empty text; a union without a known
    /// alternative is absent, or holds an `unknown_member` or std::monostate. Where the type permits neither, as for a closed
    /// enumeration, the missing member is an error.
    lenient,
    /// As `lenient`, with the observed behaviour of the AWS SDK for JavaScript: an array counts as an empty structure, and so does a
    /// string or number that is the whole text; an array counts as a map whose keys are the positions; a timestamp may be the member
    /// `value` of an object.
    compatible,
};

/// Limits on the input of the decoder. Exceeding one is an error (`errc::limit_exceeded`).
struct decode_limits {
    std::size_t bytes = std::size_t{256} << 20; ///< size of the text in bytes
    std::size_t depth = 256;                    ///< nesting of objects and arrays; each level needs about 200 bytes of memory
    std::size_t values = 10'000'000;            ///< list items, map entries and members in total
    std::size_t violations = 100;               ///< errors after which decoding stops
    /// Collisions in hash tables in total. An attacker who knows the hash function can choose keys that share one bucket, so that
    /// each insertion takes time linear in the number of keys. Only keys in buckets with more than eight keys (times the load factor,
    /// if that exceeds 1) count, which a good hash function avoids for other input. Applies to every table with a bucket interface,
    /// such as std::unordered_map and std::unordered_set.
    std::size_t collisions = 10'000;
};

/// Options of `from_json` and `decoder`.
struct decode_options {
    parley::strictness strictness = parley::strictness::strict; ///< treatment of deviations from the description
    decode_limits limits{};                                     ///< limits on the input
    bool check_constraints = true;                              ///< whether violated constraints are errors
    /// Decodes as a server does, which knows everything that a peer may send: null in lists and maps that are not sparse, unknown
    /// values of enumerations, unknown members of unions and offsets in timestamps are errors.
    bool reject_unknown_values = false;
    /// The memory of std::pmr strings, lists and maps that are read, and of strings that a view cannot borrow from the text. Must
    /// outlive the value. Memory that views refer to is never deallocated, so use a std::pmr::monotonic_buffer_resource. Null: the
    /// containers use their default memory, and a string with an escape that is read into a view is an error.
    std::pmr::memory_resource* memory = nullptr;
};

} // namespace parley

#endif
