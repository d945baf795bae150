// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_SCAN_HPP
#define PARLEY_JSON_DETAIL_SCAN_HPP

// The lexical part of JSON: where the strings end, and what their escapes stand for.

#include <parley/core/utf8.hpp>
#include <parley/describe/shape.hpp>
#include <parley/json/detail/escape.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parley::inline PARLEY_ABI::detail {

namespace {

inline char const* skip_json_space(char const* at, char const* end) noexcept {
    while (at != end && *at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
    return at;
}

/// What a string is made of.
struct string_marks {
    bool ascii = true;
    bool escaped = false;
};

#ifdef __SSE2__
// One bit for each byte that ends a run of plain characters: quotation mark, reverse solidus, control characters.
inline unsigned special_bytes(__m128i block) noexcept {
    auto const space = _mm_set1_epi8(0x1f);
    auto const control = _mm_cmpeq_epi8(_mm_max_epu8(block, space), space);
    auto const quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), solidus = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, solidus))));
}

// Sets all bits of each byte that is plain and ASCII.
inline __m128i mark_simple(__m128i block) noexcept {
    // With that bit changed, quotation mark and control characters are the least, but for what is beyond ASCII and so negative.
    auto const above = _mm_cmpgt_epi8(_mm_xor_si128(block, _mm_set1_epi8(2)), _mm_set1_epi8(0x20));
    return _mm_andnot_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\\')), above);
}
inline bool are_simple(__m128i marks) noexcept { return _mm_movemask_epi8(marks) == 0xffff; }
// One bit for each byte that is not.
inline unsigned unsimple_bytes(__m128i block) noexcept {
    return static_cast<unsigned>(_mm_movemask_epi8(mark_simple(block))) ^ 0xffffU;
}
#endif

/// Whether the text begins with the name of the member as JSON has it, a colon, and something behind it.
[[gnu::always_inline]] inline bool begins_with_name(char const* at, char const* end, member const& m) noexcept {
    auto const size = m.name.size() + 3;
    auto const left = static_cast<std::size_t>(end - at);
    if (!m.plain_name || left <= size) return false;
    auto const* const name = m.name.data() - 1;
#ifdef __SSE2__
    auto const equal = [at, name](std::size_t i) {
        return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at + i)),
                              _mm_loadu_si128(reinterpret_cast<__m128i const*>(name + i)));
    };
    auto const all = [](__m128i bytes) { return static_cast<unsigned>(_mm_movemask_epi8(bytes)); };
    if (size >= 16) {
        auto same = _mm_and_si128(equal(0), equal(size - 16)); // which overlap, or have some between them
        for (std::size_t i = 16; i + 16 < size; i += 16) same = _mm_and_si128(same, equal(i));
        return all(same) == 0xffff;
    }
    if (left >= 16) return (all(equal(0)) ^ 0xffffU) << (32 - size) == 0;
#endif
    return std::memcmp(at, name, size) == 0;
}

// The first byte from `at` on that is not plain, or `end`. `begin` is that of the memory that may be read.
inline char const* skip_plain(char const* begin, char const* at, char const* end, bool& ascii) noexcept {
    unsigned high = 0;
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
        auto const special = special_bytes(block);
        auto const above = static_cast<unsigned>(_mm_movemask_epi8(block));
        if (special != 0) {
            high |= above & (special ^ (special - 1));
            if (high != 0) ascii = false;
            return at + std::countr_zero(special);
        }
        high |= above;
    }
    if (end - begin >= 16) {
        // The rest, as the last bytes of a block that overlaps with the one before.
        auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(end - 16));
        auto const before = static_cast<unsigned>(16 - (end - at));
        auto const special = special_bytes(block) >> before;
        auto const above = static_cast<unsigned>(_mm_movemask_epi8(block)) >> before;
        high |= special != 0 ? above & (special ^ (special - 1)) : above;
        if (high != 0) ascii = false;
        return special != 0 ? at + std::countr_zero(special) : end;
    }
#else
    static_cast<void>(begin);
#endif
    for (; at != end; ++at) {
        auto const byte = static_cast<unsigned char>(*at);
        if (json_escapes[byte] != 0) break;
        high |= byte & 0x80U;
    }
    if (high != 0) ascii = false;
    return at;
}

// The same as below, where less than a block is left, or there are no blocks.
[[gnu::noinline]] inline char const* find_simple_string_end_in_rest(char const* begin, char const* at, char const* end) noexcept {
#ifdef __SSE2__
    if (end - begin >= 16) {
        auto const found = unsimple_bytes(_mm_loadu_si128(reinterpret_cast<__m128i const*>(end - 16))) >> (16 - (end - at));
        return found && at[std::countr_zero(found)] == '"' ? at + std::countr_zero(found) : nullptr;
    }
#else
    static_cast<void>(begin);
#endif
    while (at != end && json_escapes[static_cast<unsigned char>(*at)] == 0 && static_cast<unsigned char>(*at) < 0x80) ++at;
    return at != end && *at == '"' ? at : nullptr;
}

/// The end of a string that has neither escapes nor anything beyond ASCII; null if it is no such. `begin` is that of the memory
/// that may be read.
[[gnu::always_inline]] inline char const* find_simple_string_end(char const* begin, char const* at, char const* end) noexcept {
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        if (auto const found = unsimple_bytes(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at)))) {
            at += std::countr_zero(found);
            return *at == '"' ? at : nullptr;
        }
    }
#endif
    return find_simple_string_end_in_rest(begin, at, end);
}

/// Where the string whose content begins at `at` ends: at its quotation mark, at a character that must not be in it, or at
/// `end` where it is not complete.
inline char const* find_string_end(char const* begin, char const* at, char const* end, string_marks& marks) noexcept {
    if (auto const* const simple = find_simple_string_end(begin, at, end)) return simple;
    for (;;) {
        at = skip_plain(begin, at, end, marks.ascii);
        if (at == end || *at != '\\') return at;
        marks.escaped = true;
        if (end - at < 2) return end;
        at += 2;
    }
}

// The number that four hexadecimal digits stand for, or more than 0xffff.
inline std::uint32_t read_hex4(char const* at) noexcept {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        char const c = at[i];
        std::uint32_t digit = 0x10000;
        if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
        value = value << 4 | digit;
    }
    return value;
}

// Takes what follows a reverse solidus. False if it is no escape, or stands for half of a character.
inline bool take_escape(char const*& at, char const* end, std::string& out) {
    if (at == end) return false;
    switch (*at++) {
    case '"': out += '"'; return true;
    case '\\': out += '\\'; return true;
    case '/': out += '/'; return true;
    case 'b': out += '\b'; return true;
    case 'f': out += '\f'; return true;
    case 'n': out += '\n'; return true;
    case 'r': out += '\r'; return true;
    case 't': out += '\t'; return true;
    case 'u': break;
    default: return false;
    }
    if (end - at < 4) return false;
    auto code = read_hex4(at);
    if (code > 0xffff || (code >= 0xdc00 && code < 0xe000)) return false;
    at += 4;
    if (code >= 0xd800 && code < 0xdc00) {
        if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return false;
        auto const low = read_hex4(at + 2);
        if (low < 0xdc00 || low >= 0xe000) return false;
        at += 6;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(out, static_cast<char32_t>(code));
    return true;
}

/// Whether the escape that begins at `at` is whole, and so stands for half of a character if it is none by itself.
inline bool is_surrogate(char const* at, std::string_view content) noexcept {
    auto const left = static_cast<std::size_t>(content.data() + content.size() - at);
    return left >= 6 && at[1] == 'u' && read_hex4(at + 2) <= 0xffff;
}

/// Replaces `out` by the text that the content of a string stands for. Returns the place of an escape that is none, or null.
inline char const* unescape_json(std::string_view content, std::string& out) {
    out.clear();
    auto const* const end = content.data() + content.size();
    for (auto const* at = content.data();;) {
        auto const* const solidus = static_cast<char const*>(std::memchr(at, '\\', static_cast<std::size_t>(end - at)));
        out.append(at, solidus ? solidus : end);
        if (!solidus) return nullptr;
        at = solidus + 1;
        if (!take_escape(at, end, out)) return solidus;
    }
}

} // namespace

} // namespace parley::detail

#endif
