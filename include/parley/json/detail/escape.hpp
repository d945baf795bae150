// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_ESCAPE_HPP
#define PARLEY_JSON_DETAIL_ESCAPE_HPP

#include <parley/core/version.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

namespace json {

// The escape of each character in a JSON string: 0 for none, or the character after the backslash; 'u' is followed by four
// hexadecimal digits. The quotation mark, the backslash and control characters must be escaped (RFC 8259, section 7).
inline constexpr auto json_escapes = [] {
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
    table['"'] = '"', table['\\'] = '\\';
    table['\b'] = 'b', table['\f'] = 'f', table['\n'] = 'n', table['\r'] = 'r', table['\t'] = 't';
    return table;
}();

// Writes at most six times the size of `text`. Returns the end.
inline char* write_escaped(char* to, std::string_view text) noexcept {
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        char const escape = json_escapes[byte];
        if (escape == 0) {
            *to++ = c;
            continue;
        }
        *to++ = '\\';
        *to++ = escape;
        if (escape != 'u') continue;
        *to++ = '0', *to++ = '0';
        *to++ = static_cast<char>('0' + (byte >> 4));
        *to++ = "0123456789abcdef"[byte & 15];
    }
    return to;
}

} // namespace json

/// Appends `text` as a JSON string with quotation marks and escapes.
inline void append_json_string(std::string& out, std::string_view text) {
    auto const used = out.size();
    out.resize(used + text.size() * 6 + 2);
    char* to = out.data() + used;
    *to++ = '"';
    to = json::write_escaped(to, text);
    *to++ = '"';
    out.erase(static_cast<std::size_t>(to - out.data()));
}

} // namespace parley::detail

#endif
