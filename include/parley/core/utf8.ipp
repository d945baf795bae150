// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_UTF8_IPP
#define PARLEY_CORE_UTF8_IPP

#include <parley/core/utf8.hpp>

#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::inline PARLEY_ABI::detail {

namespace core {

struct utf8_step {
    std::size_t length; // of the sequence, or of its maximal subpart if it is ill-formed
    bool valid;
};

// Scans one sequence, which does not begin with an ASCII character. See table 3-7 of the Unicode Standard.
inline utf8_step step_utf8(unsigned char const* text, std::size_t size) noexcept {
    unsigned char const lead = text[0];
    std::size_t length = 0;
    unsigned char low = 0x80, high = 0xbf; // bounds of the second byte
    if (lead >= 0xc2 && lead <= 0xdf) length = 2;
    else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        if (lead == 0xe0) low = 0xa0;  // no overlong forms
        if (lead == 0xed) high = 0x9f; // no surrogates
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f; // nothing above U+10FFFF
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= size || text[i] < low || text[i] > high) return {i, false};
        low = 0x80, high = 0xbf;
    }
    return {length, true};
}

// Returns the number of leading bytes, in whole blocks, that are ASCII.
inline std::size_t skip_ascii(unsigned char const* text, std::size_t size) noexcept {
    std::size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= size; i += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + i));
        if (_mm_movemask_epi8(block) != 0) return i;
    }
#endif
    for (; i + 8 <= size; i += 8) {
        std::uint64_t block;
        std::memcpy(&block, text + i, 8);
        if ((block & 0x8080808080808080U) != 0) return i;
    }
    return i;
}

} // namespace core

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
    std::size_t i = 0;
    while (i < text.size()) {
        i += core::skip_ascii(bytes + i, text.size() - i);
        // Byte by byte, until 16 ASCII characters follow each other.
        for (int ascii = 0; i < text.size() && ascii < 16;) {
            if (bytes[i] < 0x80) {
                ++i, ++ascii;
                continue;
            }
            auto const step = core::step_utf8(bytes + i, text.size() - i);
            if (!step.valid) return i;
            i += step.length;
            ascii = 0;
        }
    }
    return std::string_view::npos;
}

[[gnu::cold]] std::string repair_utf8(std::string_view text) {
    auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size();) {
        if (bytes[i] < 0x80) {
            out += text[i++];
            continue;
        }
        auto const step = core::step_utf8(bytes + i, text.size() - i);
        if (step.valid) out.append(text, i, step.length);
        else out += "\xef\xbf\xbd";
        i += step.length;
    }
    return out;
}

std::size_t count_code_points(std::string_view utf8) noexcept {
    std::size_t count = 0;
    for (; utf8.size() >= 8; utf8.remove_prefix(8)) {
        // Sets one bit for each continuation byte: 10xxxxxx.
        std::uint64_t block;
        std::memcpy(&block, utf8.data(), 8);
        auto const continues = block >> 7 & ~block >> 6 & 0x0101010101010101U;
        count += 8 - static_cast<std::size_t>(continues * 0x0101010101010101U >> 56);
    }
    for (char c : utf8) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

void append_utf8(std::string& out, char32_t code_point) {
    auto const c = static_cast<std::uint32_t>(code_point);
    char bytes[4];
    auto* to = bytes;
    auto const add = [&to](std::uint32_t byte) { *to++ = static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xc0 | c >> 6), add(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        add(0xe0 | c >> 12), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
    } else {
        add(0xf0 | c >> 18), add(0x80 | (c >> 12 & 0x3f)), add(0x80 | (c >> 6 & 0x3f)), add(0x80 | (c & 0x3f));
    }
    out.append(bytes, to);
}

} // namespace parley::detail

#endif
