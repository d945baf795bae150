// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_FIXED_STRING_HPP
#define PARLEY_CORE_FIXED_STRING_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A text as a template argument.
template <std::size_t Size>
struct fixed_string {
    char text[Size]{};

    consteval fixed_string(char const (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
    }
    /// The first `Size` - 1 characters of `that`.
    consteval explicit fixed_string(std::string_view that) { that.copy(text, Size - 1); }
    constexpr std::string_view view() const noexcept { return {text, Size - 1}; }
};

} // namespace parley

#endif
