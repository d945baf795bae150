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

/// The kind of a violation.
enum class errc : std::uint8_t {
    syntax,           ///< the text is not JSON (RFC 8259)
    invalid_utf8,     ///< the text is not UTF-8 (RFC 3629)
    limit_exceeded,   ///< a limit on size, depth or count is exceeded
    missing_field,    ///< a required member is absent
    invalid_type,     ///< the value has another JSON type than the description
    invalid_value,    ///< the value has the right type but is invalid: an impossible date, an unnamed enumeration value
    out_of_range,     ///< the C++ type of the member cannot represent the number
    invalid_length,   ///< the length constraint is violated
    range_violation,  ///< the range constraint is violated
    pattern_mismatch, ///< the pattern constraint is violated
    duplicate_items,  ///< the unique-items constraint is violated
    unknown_value,    ///< the enumeration does not have the value
};

/// Returns the name of `code` in words: "missing field".
/// @param code The kind of a violation.
/// @return A string with static storage duration.
std::string_view to_string(errc code) noexcept;

/// A deviation of data from its description.
struct violation {
    static constexpr std::size_t no_offset = static_cast<std::size_t>(-1); ///< the `offset` of a value that was not parsed

    errc code{};                           ///< the kind of the violation
    std::string path;                      ///< JSON Pointer (RFC 6901) of the value; "" is the whole; for a key of a map, the map
    std::string message;                   ///< the error text without the path; never contains a sensitive value
    std::size_t offset = no_offset;        ///< offset in the parsed text, in bytes
    std::optional<std::uint64_t> length{}; ///< the actual length, if it violates a length constraint

    /// Compares all members.
    friend bool operator==(violation const&, violation const&) = default;
};

/// The violations found in a value.
struct data_error {
    std::vector<violation> violations; ///< at least one

    /// Formats the violations.
    /// @return One line per violation, the path first: "/jobId: missing field, at byte 17".
    std::string message() const;
};

/// Appends a reference token to a JSON Pointer: "/" and the token, with "~" and "/" escaped (RFC 6901, section 3).
/// @param pointer The JSON Pointer to extend.
/// @param token   The name of a member or the index of an item, without escapes.
void append_pointer_token(std::string& pointer, std::string_view token);

} // namespace parley

#endif
