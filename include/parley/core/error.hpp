// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_ERROR_HPP
#define PARLEY_CORE_ERROR_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// What is wrong with a piece of data. The vocabulary is closed.
enum class errc : std::uint8_t {
    syntax,           ///< not JSON (RFC 8259)
    invalid_utf8,     ///< not UTF-8 (RFC 3629)
    limit_exceeded,   ///< deeper, larger or more than the limits allow
    missing_field,    ///< a required member is absent
    invalid_type,     ///< a value of another JSON type than the description says
    invalid_value,    ///< the right type, but not a value of it: a date that is none, an unknown enum value
    out_of_range,     ///< a number that the member's C++ type cannot hold
    invalid_length,   ///< constraint: length
    range_violation,  ///< constraint: range
    pattern_mismatch, ///< constraint: pattern
    duplicate_items,  ///< constraint: unique items
    unknown_value,    ///< constraint: a value that the enumeration does not have
};

/// The name of `code` in words, as error texts use it: "missing field".
std::string_view to_string(errc code) noexcept;

/// One place where data and description disagree.
struct violation {
    static constexpr std::size_t no_offset = static_cast<std::size_t>(-1);

    errc code{};
    std::string path;                      ///< JSON Pointer (RFC 6901) of the place; "" is the whole; for a key of a map, the map
    std::string message;                   ///< what is wrong, without the path; never holds a sensitive value
    std::size_t offset = no_offset;        ///< byte offset in the text that was read; `no_offset` if there was no text
    std::optional<std::uint64_t> length{}; ///< of the value, if it is not what the constraint says

    friend bool operator==(violation const&, violation const&) = default;
};

/// All that is wrong with a piece of data; at least one violation.
struct data_error {
    std::vector<violation> violations;

    /// One line for each violation, the path first: "/jobId: missing field, at byte 17".
    std::string message() const;
};

/// Appends `token` to `pointer` as one more reference token: "/" and the token with "~" and "/" escaped.
/// See RFC 6901, section 3.
void append_pointer_token(std::string& pointer, std::string_view token);

} // namespace parley

#endif
