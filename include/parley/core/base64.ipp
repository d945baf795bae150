// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_BASE64_IPP
#define PARLEY_CORE_BASE64_IPP

#include <parley/core/base64.hpp>

#include <array>
#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

namespace core {

inline constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

inline constexpr auto base64_values = [] {
    std::array<std::uint8_t, 256> table{};
    for (auto& value : table) value = 0xff;
    for (std::size_t i = 0; i < 64; ++i) table[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

} // namespace core

void append_base64(std::string& out, std::string_view bytes) {
    auto const at = [&bytes](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
    auto const begin = out.size();
    out.resize(begin + (bytes.size() + 2) / 3 * 4);
    char* to = out.data() + begin;
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        auto const group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        *to++ = core::base64_alphabet[group >> 18];
        *to++ = core::base64_alphabet[group >> 12 & 63];
        *to++ = core::base64_alphabet[group >> 6 & 63];
        *to++ = core::base64_alphabet[group & 63];
    }
    if (i == bytes.size()) return;
    bool const two = i + 2 == bytes.size();
    auto const group = at(i) << 16 | (two ? at(i + 1) << 8 : 0);
    *to++ = core::base64_alphabet[group >> 18];
    *to++ = core::base64_alphabet[group >> 12 & 63];
    *to++ = two ? core::base64_alphabet[group >> 6 & 63] : '=';
    *to++ = '=';
}

bool decode_base64(std::string_view text, std::string& out) {
    out.clear();
    if (text.size() % 4 != 0) return false;
    if (text.empty()) return true;
    std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    auto const value = [&text](std::size_t i) { return std::uint32_t{core::base64_values[static_cast<unsigned char>(text[i])]}; };
    out.resize(text.size() / 4 * 3);
    char* to = out.data();
    std::size_t const whole = text.size() - (padding ? 4 : 0);
    std::uint32_t combined = 0; // above 63 after an invalid character
    for (std::size_t i = 0; i < whole; i += 4) {
        auto const a = value(i), b = value(i + 1), c = value(i + 2), d = value(i + 3);
        combined |= a | b | c | d;
        auto const group = a << 18 | b << 12 | c << 6 | d;
        *to++ = static_cast<char>(group >> 16 & 0xff);
        *to++ = static_cast<char>(group >> 8 & 0xff);
        *to++ = static_cast<char>(group & 0xff);
    }
    if (padding) {
        auto const a = value(whole), b = value(whole + 1), c = padding == 1 ? value(whole + 2) : 0;
        combined |= a | b | c;
        if ((padding == 1 ? c & 3 : b & 15) != 0) combined = 64;
        auto const group = a << 18 | b << 12 | c << 6;
        *to++ = static_cast<char>(group >> 16 & 0xff);
        if (padding == 1) *to++ = static_cast<char>(group >> 8 & 0xff);
    }
    out.erase(static_cast<std::size_t>(to - out.data()));
    if (combined < 64) return true;
    out.clear();
    return false;
}

} // namespace parley::detail

#endif
