// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_TEXT_HPP
#define PARLEY_CORE_TEXT_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns `c` in lower case if it is an ASCII letter, else `c`.
constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Returns whether the texts are equal, ignoring the case of ASCII letters.
constexpr bool equals_ignore_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    }
    return true;
}

/// Returns `text` without leading and trailing spaces and tabs, the optional whitespace of RFC 9110, section 5.6.3.
constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// As std::string_view::find, which g++ 12 with UBSan cannot evaluate at compile time for template parameters.
constexpr std::size_t position_of(char c, std::string_view text, std::size_t from = 0) noexcept {
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == c) return i;
    }
    return std::string_view::npos;
}

} // namespace parley::detail

#endif
