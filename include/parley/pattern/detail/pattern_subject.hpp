// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_PATTERN_SUBJECT_HPP
#define PARLEY_PATTERN_DETAIL_PATTERN_SUBJECT_HPP

#include <parley/pattern/pattern.hpp>
#include <parley/pattern/unicode.ipp>

#include <bit>
#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <cpuid.h>
#include <tmmintrin.h>
#endif

namespace parley::inline PARLEY_ABI::detail::patterns {

// A code point and the position after it, or before it if it was read backwards.
struct code_point {
    char const* next;
    std::uint32_t value;
};
inline constexpr std::uint32_t no_code_point = 0xffffffff;

static inline unsigned char byte_at(char const* at) noexcept { return static_cast<unsigned char>(*at); }
static inline bool continues(char const* at) noexcept { return (byte_at(at) & 0xc0) == 0x80; }

// Returns the code point at `at`, or `no_code_point` for a byte that does not start one.
static inline code_point code_point_at(char const* at, char const* end) noexcept {
    auto const lead = byte_at(at);
    auto const left = end - at;
    auto const more = [at](int k) { return byte_at(at + k) & 0x3fU; };
    if (lead < 0x80) return {at + 1, lead};
    if (lead < 0xe0) {
        if (lead >= 0xc2 && left >= 2 && continues(at + 1)) return {at + 2, (lead & 0x1fU) << 6 | more(1)};
    } else if (lead < 0xf0) {
        if (left >= 3 && continues(at + 1) && continues(at + 2)) {
            auto const value = (lead & 0xfU) << 12 | more(1) << 6 | more(2);
            if (value >= 0x800 && (value < 0xd800 || value > 0xdfff)) return {at + 3, value};
        }
    } else if (lead < 0xf5) {
        if (left >= 4 && continues(at + 1) && continues(at + 2) && continues(at + 3)) {
            auto const value = (lead & 7U) << 18 | more(1) << 12 | more(2) << 6 | more(3);
            if (value >= 0x10000 && value <= 0x10ffff) return {at + 4, value};
        }
    }
    return {at + 1, no_code_point};
}

// Returns the code point before `at`. Splits the text into the same code points as code_point_at.
static inline code_point code_point_before(char const* begin, char const* at) noexcept {
    auto lead = at - 1;
    while (lead > begin && at - lead < 4 && continues(lead)) --lead;
    auto const c = code_point_at(lead, at);
    return c.next == at ? code_point{lead, c.value} : code_point{at - 1, no_code_point};
}

#if defined(__SSE2__) && defined(__GNUC__)
#define PARLEY_SHUFFLES
#define PARLEY_USES_SHUFFLES [[gnu::target("ssse3")]]

// Not __builtin_cpu_supports, which links code that identifies all processors.
bool const has_shuffles = [] {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0;
}();

// Returns a bit mask of those of the 16 bytes at `at` that are not in the class with that table. Looks up both halves of all bytes in
// parallel.
PARLEY_USES_SHUFFLES static inline unsigned outside_class(__m128i const& table, char const* at) noexcept {
    auto const powers = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    auto const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
    auto const high = _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(15));
    auto const common = _mm_and_si128(_mm_shuffle_epi8(table, bytes), _mm_shuffle_epi8(powers, high));
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(common, _mm_setzero_si128())));
}

// Skips blocks of 16 bytes. Returns true at a byte that is not in the class, false if less than a block is left.
PARLEY_USES_SHUFFLES static inline bool skip_blocks(__m128i const& table, char const*& at, char const* stop) noexcept {
    for (; stop - at >= 16; at += 16) {
        if (auto const outside = outside_class(table, at)) return at += std::countr_zero(outside), true;
    }
    return false;
}
#else
#define PARLEY_USES_SHUFFLES
#endif

// A character class of a compiled pattern.
class character_class {
public:
    // `kind`: null if the pattern has no Unicode properties.
    explicit character_class(std::uint32_t const* words, kind_function kind = nullptr) noexcept : words_(words), kind_of_(kind) {}

    // Whether the class contains the byte; false if it is not ASCII.
    bool has_byte(char const* at) const noexcept {
        unsigned const byte = byte_at(at);
        return reinterpret_cast<unsigned char const*>(words_)[class_byte(byte & 15)] >> (byte >> 4) & 1;
    }
    // Whether the class may contain the character that starts at `at`. Exact for ASCII.
    bool may_have(char const* at) const noexcept { return byte_at(at) < 0x80 ? has_byte(at) : words_[class_head] != 0; }
    bool has(std::uint32_t c) const noexcept { return c < 0x80 ? class_has_ascii(words_, c) : has_above_ascii(c); }
    bool has_above_ascii(std::uint32_t c) const noexcept {
        auto const head = words_[class_head];
        if (head == 0 || c == no_code_point) return false;
        return is_listed(c) != ((head & class_negated) != 0);
    }

#ifdef PARLEY_SHUFFLES
    // The table of the ASCII characters.
    __m128i table() const noexcept { return _mm_loadu_si128(reinterpret_cast<__m128i const*>(words_)); }
#endif

    // Returns the first byte from `at` to `stop` that is not in the class, or `stop`.
    char const* skip(char const* at, char const* stop) const noexcept {
#ifdef PARLEY_SHUFFLES
        if (has_shuffles && skip_blocks(table(), at, stop)) return at;
#endif
        while (at != stop && has_byte(at)) ++at;
        return at;
    }

private:
    bool is_listed(std::uint32_t c) const noexcept {
        auto const flags = words_[class_head];
        auto const* next = words_ + class_fixed_size;
        auto const* ranges = flags & class_kinds ? next + 2 : next;
        for (auto const* const end = ranges + 2 * (flags >> 8); ranges != end; ranges += 2) {
            if (c >= ranges[0] && c <= ranges[1]) return true;
        }
        if (flags & (class_space | class_not_space) && (flags & (is_space(c) ? class_space : class_not_space))) return true;
        if (!(flags & class_kinds)) return false;
        auto const kinds = next[0] | std::uint64_t{next[1]} << 32;
        return kinds >> kind_of_(c) & 1;
    }

    // WhiteSpace and LineTerminator of ECMA 262 above ASCII.
    static bool is_space(std::uint32_t c) noexcept {
        return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f
               || c == 0x205f || c == 0x3000 || c == 0xfeff;
    }

    std::uint32_t const* words_;
    kind_function kind_of_;
};

// A text to match, which evaluates assertions at its positions.
struct subject {
    char const *begin, *end;

    std::size_t size() const noexcept { return static_cast<std::size_t>(end - begin); }

    bool holds(pattern_op assertion, char const* at) const noexcept {
        switch (assertion) {
        case op_text_begin: return at == begin;
        case op_text_end: return at == end;
        case op_line_begin: return at == begin || is_line_terminator(code_point_before(begin, at).value);
        case op_line_end: return at == end || is_line_terminator(code_point_at(at, end).value);
        case op_boundary: return is_boundary(at);
        default: return !is_boundary(at);
        }
    }

private:
    bool is_boundary(char const* at) const noexcept {
        return (at != begin && is_word(byte_at(at - 1))) != (at != end && is_word(byte_at(at)));
    }
    static bool is_line_terminator(std::uint32_t c) noexcept { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
    static bool is_word(unsigned char c) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
};

} // namespace parley::detail::patterns

#endif
