// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_FIXED_STRING_HPP
#define PARLEY_CORE_FIXED_STRING_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A string that can be a template argument.
/// @tparam Size The size including the terminating zero.
template <std::size_t Size>
struct fixed_string {
    char text[Size]{}; ///< the characters, terminated by zero

    /// Copies a string literal.
    consteval fixed_string(char const (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
    }
    /// Copies the first `Size` - 1 characters of `source`.
    consteval explicit fixed_string(std::string_view source) { source.copy(text, Size - 1); }
    /// Returns the characters without the terminating zero.
    constexpr std::string_view view() const noexcept { return {text, Size - 1}; }
};

} // namespace parley

#endif
