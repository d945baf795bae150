// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_PATTERN_PROGRAM_HPP
#define PARLEY_PATTERN_DETAIL_PATTERN_PROGRAM_HPP

#include <parley/core/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns the maximal size of a compiled `text` in words, rounded up to limit the number of instantiations of pattern_draft.
constexpr std::size_t pattern_capacity(std::string_view text) { return std::bit_ceil(8 * text.size() + 64); }

/// A compiled pattern in a larger buffer: its code at the start, its classes at the end.
template <std::size_t Capacity>
struct pattern_draft {
    std::uint32_t words[Capacity]{};
    std::size_t code_size = 0;
    std::size_t classes_size = 0;

    constexpr std::size_t size() const noexcept { return code_size + classes_size; }
};

// A program is an array of words: a header, instructions, and the classes at the end. An instruction is a word with the operation in
// the low bits and an argument above, followed by further words for some operations. Distances are in words from the instruction, so
// code can be moved. A class is identified by its distance from the end of the program.
enum pattern_op : std::uint32_t {
    op_accept,
    op_literal,  // argument: number of bytes, at most 8; then the bytes, four in each of two words
    op_one,      // argument: class
    op_repeat,   // argument: class; then minimum, maximum
    op_take_all, // as op_repeat, if giving back characters cannot help
    op_split,    // argument: distance to the second alternative; the first one follows
    op_jump,     // argument: distance
    op_back,     // argument: distance back to the first alternative; the second one follows
    op_loop,     // argument: counter; then minimum, maximum, distance to the code after the loop; then the body
    op_again,    // argument: distance back to the loop
    op_look,     // argument: 4 * distance to the code after it + 2 (look-behind) + 1 (negative); then the content and op_accept
    op_text_begin,
    op_text_end,
    op_line_begin,
    op_line_end,
    op_boundary,
    op_no_boundary,
    op_literal_back, // op_literal, op_one and op_repeat inside of a look-behind, which matches backwards
    op_one_back,
    op_repeat_back,
};

constexpr std::uint32_t pattern_unbounded = 0xffffffff;
constexpr unsigned pattern_argument_shift = 10;
constexpr pattern_op op_of(std::uint32_t word) { return static_cast<pattern_op>(word & 0xff); }
constexpr std::uint32_t argument_of(std::uint32_t word) { return word >> pattern_argument_shift; }
// Returns the size of an instruction in words.
constexpr std::size_t pattern_op_size(std::uint32_t word) {
    switch (op_of(word)) {
    case op_literal:
    case op_literal_back:
    case op_repeat:
    case op_take_all:
    case op_repeat_back: return 3;
    case op_loop: return 4;
    default: return 1;
    }
}

// Flags between the operation and its argument.
enum pattern_op_flags : std::uint32_t {
    pattern_is_decided = 0x100,      // op_split, op_back: only the first alternative can match if the next character can start it
    pattern_begins_literal = 0x200,  // op_split: the first alternative starts with a literal
    pattern_takes_printable = 0x100, // op_repeat, op_take_all: the class contains all ASCII characters except control characters
    pattern_takes_quotes = 0x200,    // op_one, op_repeat, op_take_all: the class contains characters that JSON escapes
};

// The header: flags, and the number of counters above them.
constexpr std::uint32_t pattern_is_anchored = 1;    // all matches begin at the start of the text
constexpr std::uint32_t pattern_is_straight = 2;    // anchored, without loops and look-arounds, and literals need no JSON escapes
constexpr std::uint32_t pattern_is_one_class = 4;   // straight, and a single class matches the whole text: "^[a-z]{1,8}$"
constexpr std::uint32_t pattern_repeats_groups = 8; // repeats groups, and a DFA can match it: "^[0-9]+(\\.[0-9]+)*$"
constexpr std::uint32_t pattern_asks_for_kinds = 16; // has classes with Unicode properties

// The layout of a class: 16 bytes, indexed by the low half of an ASCII character, with a bit for each high half; a word with flags in
// the low byte and the number of ranges above; two words with a set of character_kind, if it has one; two words for each range above
// ASCII.
enum class_flags : std::uint32_t {
    class_negated = 1,   // above ASCII, the class is the complement
    class_space = 2,     // \s above ASCII
    class_not_space = 4, // \S above ASCII
    class_kinds = 8,
    class_flags_mask = 0xff,
};
constexpr std::size_t class_bytes = 16, class_head = 4, class_fixed_size = 5;

// Returns the position in memory of the byte `index` of a class.
constexpr std::size_t class_byte(std::size_t index) { return std::endian::native == std::endian::little ? index : index ^ 3; }
constexpr bool class_has_ascii(std::uint32_t const* words, std::uint32_t c) {
    return words[(c & 15) / 4] >> (8 * (c & 3) + (c >> 4)) & 1;
}

// Transposes a matrix of 8 x 8 bits (Hacker's Delight, section 7-3).
constexpr std::uint64_t transpose_bits(std::uint64_t x) {
    auto exchange = [&x](unsigned distance, std::uint64_t mask) {
        auto const t = (x ^ x >> distance) & mask;
        x ^= t ^ t << distance;
    };
    exchange(7, 0x00aa00aa00aa00aaU);
    exchange(14, 0x0000cccc0000ccccU);
    exchange(28, 0x00000000f0f0f0f0U);
    return x;
}

// Returns the shift of the byte `index` in a word of a literal, so that the bytes are adjacent in memory.
constexpr unsigned literal_shift(std::size_t index) {
    auto const byte = static_cast<unsigned>(index % 4);
    return 8 * (std::endian::native == std::endian::little ? byte : 3 - byte);
}

/// How often an element is repeated.
struct pattern_counts {
    std::uint32_t min = 1, max = 1;
    bool possessive = false;
};

} // namespace parley::detail

#endif
