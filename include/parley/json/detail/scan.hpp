// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_SCAN_HPP
#define PARLEY_JSON_DETAIL_SCAN_HPP

// The lexical part of JSON: finds the ends of strings and decodes escape sequences.

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

namespace parley::inline PARLEY_ABI::detail::json {

static inline char const* skip_json_space(char const* at, char const* end) noexcept {
    while (at != end && *at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
    return at;
}

/// Properties of the raw content of a string.
struct string_marks {
    bool ascii = true;
    bool escaped = false;
};

#ifdef __SSE2__
// Returns a bit mask of the bytes that end a run of plain characters: quotation mark, backslash, control characters.
static inline unsigned special_bytes(__m128i block) noexcept {
    auto const space = _mm_set1_epi8(0x1f);
    auto const control = _mm_cmpeq_epi8(_mm_max_epu8(block, space), space);
    auto const quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))));
}

// Returns a block with all bits set in each byte that is plain and ASCII.
static inline __m128i mark_simple(__m128i block) noexcept {
    // Flipping that bit makes the quotation mark and the control characters the smallest; bytes above ASCII are negative.
    auto const above = _mm_cmpgt_epi8(_mm_xor_si128(block, _mm_set1_epi8(2)), _mm_set1_epi8(0x20));
    return _mm_andnot_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\\')), above);
}
static inline bool are_simple(__m128i marks) noexcept { return _mm_movemask_epi8(marks) == 0xffff; }
// Returns a bit mask of the other bytes.
static inline unsigned unsimple_bytes(__m128i block) noexcept {
    return static_cast<unsigned>(_mm_movemask_epi8(mark_simple(block))) ^ 0xffffU;
}
#endif

/// Whether the text begins with the quoted name of the member and a colon, followed by at least one more byte.
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
        auto same = _mm_and_si128(equal(0), equal(size - 16)); // the two overlap, or the loop compares the bytes between them
        for (std::size_t i = 16; i + 16 < size; i += 16) same = _mm_and_si128(same, equal(i));
        return all(same) == 0xffff;
    }
    if (left >= 16) return (all(equal(0)) ^ 0xffffU) << (32 - size) == 0;
#endif
    return std::memcmp(at, name, size) == 0;
}

// Returns the first byte from `at` on that is not plain, or `end`. May read all memory from `begin` to `end`.
static inline char const* skip_plain(char const* begin, char const* at, char const* end, bool& ascii) noexcept {
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
        // The rest, as the last bytes of a block that overlaps the previous one.
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

// As find_simple_string_end, if less than a block is left or SSE2 is not available.
[[gnu::noinline]] static inline char const* find_simple_string_end_in_rest(char const* begin, char const* at,
                                                                           char const* end) noexcept {
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

/// Returns the end of an ASCII string without escapes whose content begins at `at`, or null if it is not such a string. May read
/// all memory from `begin` to `end`.
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

/// Returns the end of the string whose content begins at `at`: its closing quotation mark, a character that is not permitted in a
/// string, or `end` if the string is incomplete.
static inline char const* find_string_end(char const* begin, char const* at, char const* end, string_marks& marks) noexcept {
    if (auto const* const simple = find_simple_string_end(begin, at, end)) return simple;
    for (;;) {
        at = skip_plain(begin, at, end, marks.ascii);
        if (at == end || *at != '\\') return at;
        marks.escaped = true;
        if (end - at < 2) return end;
        at += 2;
    }
}

// Returns the value of four hexadecimal digits, or more than 0xffff if one is invalid.
static inline std::uint32_t read_hex4(char const* at) noexcept {
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

// Decodes the escape sequence after a backslash. Returns false if it is invalid, or an unpaired surrogate.
static inline bool take_escape(char const*& at, char const* end, std::string& out) {
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

/// Whether the invalid escape sequence at `at` is a complete \u escape, and therefore an unpaired surrogate.
static inline bool is_surrogate(char const* at, std::string_view content) noexcept {
    auto const left = static_cast<std::size_t>(content.data() + content.size() - at);
    return left >= 6 && at[1] == 'u' && read_hex4(at + 2) <= 0xffff;
}

/// Replaces `out` by the decoded content of a string. Returns the position of an invalid escape sequence, or null.
static inline char const* unescape_json(std::string_view content, std::string& out) {
    out.clear();
    auto const* const end = content.data() + content.size();
    for (auto const* at = content.data();;) {
        auto const* const backslash = static_cast<char const*>(std::memchr(at, '\\', static_cast<std::size_t>(end - at)));
        out.append(at, backslash ? backslash : end);
        if (!backslash) return nullptr;
        at = backslash + 1;
        if (!take_escape(at, end, out)) return backslash;
    }
}

} // namespace parley::detail::json

#endif
