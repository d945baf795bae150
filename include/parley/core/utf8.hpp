// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_UTF8_HPP
#define PARLEY_CORE_UTF8_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns the offset of the first byte sequence that is not UTF-8 (RFC 3629), or `npos` if `text` is valid.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Returns `text` with each maximal ill-formed subpart replaced by U+FFFD, as recommended by Unicode (section 3.9, "U+FFFD
/// Substitution of Maximal Subparts") and the WHATWG Encoding Standard.
std::string repair_utf8(std::string_view text);

/// Returns the number of Unicode scalar values in `utf8`, which is the length of a string in Smithy.
std::size_t count_code_points(std::string_view utf8) noexcept;

/// Appends the UTF-8 encoding of `code_point`, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

} // namespace parley::detail

#endif
