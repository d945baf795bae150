// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_PATTERN_OPTIMIZER_HPP
#define PARLEY_PATTERN_DETAIL_PATTERN_OPTIMIZER_HPP

#include <parley/pattern/detail/pattern_program.hpp>

#include <cstddef>
#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

// Marks instructions that a matcher can execute without backtracking, and finds properties of the whole pattern.
class pattern_optimizer {
public:
    // `size`: of the code.
    constexpr pattern_optimizer(std::uint32_t* words, std::size_t size, std::size_t capacity)
        : words_(words), size_(size), capacity_(capacity) {}

    // Finds repetitions that never need to give back characters, and choices that the next character decides.
    constexpr void mark_decided() {
        for (std::size_t at = 1; at < size_; at += pattern_op_size(words_[at])) {
            auto const argument = argument_of(words_[at]);
            switch (op_of(words_[at])) {
            case op_repeat:
                if (excludes(at + 3, class_at(argument), true, 0)) words_[at] = op_take_all | argument << pattern_argument_shift;
                [[fallthrough]];
            case op_take_all:
                if (has_printable(class_at(argument))) words_[at] |= pattern_takes_printable;
                [[fallthrough]];
            case op_one:
                if (has_escaped(class_at(argument))) words_[at] |= pattern_takes_quotes;
                break;
            case op_split:
                if (decides(at + 1, at + argument)) words_[at] |= pattern_is_decided;
                if (op_of(words_[at + 1]) == op_literal) words_[at] |= pattern_begins_literal;
                break;
            case op_back:
                if (decides(at - argument, at + 1)) words_[at] |= pattern_is_decided;
                break;
            default: break;
            }
        }
    }

    // Returns pattern_is_straight, pattern_is_one_class and pattern_repeats_groups as far as they apply.
    constexpr std::uint32_t straight_flags() const {
        std::uint32_t groups = 0, straight = pattern_is_straight;
        if (op_of(words_[1]) != op_text_begin) return 0;
        for (std::size_t at = 2;; at += pattern_op_size(words_[at])) {
            switch (op_of(words_[at])) {
            case op_accept: return groups | straight | (straight && is_one_class() ? pattern_is_one_class : 0);
            case op_back: groups = pattern_repeats_groups; break;
            case op_literal:
                if (!is_plain(at)) straight = 0;
                break;
            case op_repeat:
            case op_take_all:
            case op_one:
            case op_split:
            case op_jump: break;
            case op_text_end:
                if (op_of(words_[at + 1]) == op_accept) break;
                [[fallthrough]];
            default: return 0;
            }
        }
    }

private:
    constexpr bool is_one_class() const {
        return size_ == 7 && op_of(words_[2]) == op_take_all && !(words_[2] & pattern_takes_quotes)
               && op_of(words_[5]) == op_text_end;
    }

    // Whether the literal is ASCII and needs no escapes in JSON.
    constexpr bool is_plain(std::size_t literal) const {
        for (std::size_t i = 0; i < argument_of(words_[literal]); ++i) {
            auto const byte = words_[literal + 1 + i / 4] >> literal_shift(i) & 0xff;
            if (byte < ' ' || byte >= 0x80 || byte == '"' || byte == '\\') return false;
        }
        return true;
    }

    static constexpr bool has_printable(std::uint32_t const* set) {
        constexpr std::uint32_t printable = 0xfcfcfcfc; // columns 2 to 7, in each of four rows
        return (set[0] & set[1] & set[2] & set[3] & printable) == printable;
    }

    static constexpr bool has_escaped(std::uint32_t const* set) {
        constexpr std::uint32_t control = 0x03030303; // columns 0 and 1
        return ((set[0] | set[1] | set[2] | set[3]) & control) != 0 || class_has_ascii(set, '"') || class_has_ascii(set, '\\');
    }

    // Whether the next character decides between two alternatives: the first consumes one that the other cannot start with.
    constexpr bool decides(std::size_t first, std::size_t other) const {
        switch (op_of(words_[first])) {
        case op_literal: {
            auto const byte = words_[first + 1] >> literal_shift(0) & 0xff;
            std::uint32_t one[class_fixed_size] = {};
            if (byte >= 0x80) return false;
            one[(byte & 15) / 4] = std::uint32_t{1} << (8 * (byte & 3) + (byte >> 4));
            return excludes(other, one, false, 0);
        }
        case op_repeat:
        case op_take_all:
            if (words_[first + 1] == 0) return false;
            [[fallthrough]];
        case op_one: return excludes(other, class_at(argument_of(words_[first])), false, 0);
        default: return false;
        }
    }

    constexpr std::uint32_t const* class_at(std::size_t distance) const { return words_ + capacity_ - distance; }

    // Whether the code at `at` cannot start with a character of the class. `accept`: the result at the end of the pattern. Limits the
    // depth of the search, and returns false if it is exceeded.
    constexpr bool excludes(std::size_t at, std::uint32_t const* repeated, bool accept, int depth) const {
        for (; depth < 16; ++depth) {
            auto const argument = argument_of(words_[at]);
            switch (op_of(words_[at])) {
            case op_accept: return accept;
            case op_text_end: return true;
            case op_literal: {
                auto const byte = words_[at + 1] >> literal_shift(0) & 0xff;
                return byte < 0x80 ? !class_has_ascii(repeated, byte) : repeated[class_head] == 0;
            }
            case op_one: return are_disjoint(repeated, class_at(argument));
            case op_repeat:
            case op_take_all:
                if (!are_disjoint(repeated, class_at(argument))) return false;
                if (words_[at + 1] > 0) return true;
                at += 3;
                break;
            case op_jump: at += argument; break;
            case op_split:
            case op_back:
                if (!excludes(op_of(words_[at]) == op_split ? at + argument : at - argument, repeated, accept, depth + 1))
                    return false;
                ++at;
                break;
            default: return false;
            }
        }
        return false;
    }

    static constexpr bool are_disjoint(std::uint32_t const* a, std::uint32_t const* b) {
        bool disjoint = a[class_head] == 0 || b[class_head] == 0;
        for (std::size_t i = 0; i < 4; ++i) disjoint = disjoint && (a[i] & b[i]) == 0;
        return disjoint;
    }

    std::uint32_t* words_;
    std::size_t size_;
    std::size_t capacity_;
};

} // namespace parley::detail

#endif
