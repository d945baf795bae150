// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_HPP
#define PARLEY_DESCRIBE_PATTERN_HPP

#include <parley/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// Regular expressions of the pattern trait (ECMA 262 with the flag u; https://smithy.io/2.0/spec/constraint-traits.html
// #pattern-trait), compiled when the program is. They are matched by trying one way after the other, and if that takes too
// many steps, by keeping the set of all states at once: no text and no expression takes more than time in proportion to
// their product, and none needs the stack.
//
// Supported: literals, classes, . | ( ) (?: ) * + ? {n} {n,} {n,m} and their lazy forms, ^ $, \d \w \s \D \W \S, \t \n \r \f \v
// \0 \xHH \uHHHH \u{H}, escaped punctuation. Not supported, and a compile error: look-around, back references, \b, \p{}.

/// Code points from `first` to `last`.
struct code_point_range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

struct pattern_instruction {
    enum class operation : std::uint8_t { accept, one_of, repeat, split, jump, text_begin, text_end };
    static constexpr std::uint32_t unbounded = 0xffffffff;

    operation what = operation::accept;
    std::uint32_t first_range = 0, range_count = 0; ///< one_of, repeat: the class
    std::uint64_t ascii[2] = {0, 0};                ///< one_of, repeat: which ASCII characters are in it
    std::uint32_t min = 0, max = 0;                 ///< repeat: how often
    std::uint32_t target = 0, other = 0;            ///< split: both; jump: the first
};

/// A compiled pattern. Default constructed, it is none, and everything matches.
struct pattern_view {
    pattern_instruction const* instructions = nullptr;
    code_point_range const* ranges = nullptr;
    std::uint32_t instruction_count = 0;
};

/// The room that a compiled pattern takes.
struct pattern_size {
    std::size_t instructions = 0;
    std::size_t ranges = 0;
};

template <pattern_size Size>
struct pattern_program {
    std::array<pattern_instruction, Size.instructions + 1> instructions{};
    std::array<code_point_range, Size.ranges + 1> ranges{};

    constexpr pattern_view view() const noexcept {
        return {instructions.data(), ranges.data(), static_cast<std::uint32_t>(Size.instructions)};
    }
};

/// True if `text` (UTF-8) has a match of `pattern` anywhere. Bytes that are not UTF-8 match nothing.
bool search(pattern_view const& pattern, std::string_view text);

namespace detail {

// A set of code points as ranges, sorted and apart from each other once it is `normalized`.
struct code_point_set {
    std::array<code_point_range, 160> ranges{};
    std::size_t count = 0;

    constexpr void add(std::uint32_t first, std::uint32_t last) {
        if (count == ranges.size()) throw "parley::pattern: a class has too many parts";
        if (first > last) throw "parley::pattern: a range in a class goes backwards";
        ranges[count++] = {first, last};
    }
    constexpr void add(code_point_set const& other) {
        for (std::size_t i = 0; i < other.count; ++i) add(other.ranges[i].first, other.ranges[i].last);
    }
    constexpr code_point_set normalized() const {
        code_point_set sorted = *this;
        for (std::size_t i = 1; i < count; ++i) {
            for (std::size_t j = i; j > 0 && sorted.ranges[j].first < sorted.ranges[j - 1].first; --j) {
                auto const swapped = sorted.ranges[j];
                sorted.ranges[j] = sorted.ranges[j - 1];
                sorted.ranges[j - 1] = swapped;
            }
        }
        code_point_set merged;
        for (std::size_t i = 0; i < count; ++i) {
            auto const range = sorted.ranges[i];
            if (merged.count > 0 && range.first <= merged.ranges[merged.count - 1].last + 1) {
                auto& last = merged.ranges[merged.count - 1].last;
                if (range.last > last) last = range.last;
            } else {
                merged.add(range.first, range.last);
            }
        }
        return merged;
    }
    constexpr code_point_set complement() const {
        auto const set = normalized();
        code_point_set rest;
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < set.count; ++i) {
            if (set.ranges[i].first > next) rest.add(next, set.ranges[i].first - 1);
            next = set.ranges[i].last + 1;
        }
        if (next <= 0x10ffff) rest.add(next, 0x10ffff);
        return rest;
    }
};

// Translates the text of a pattern into instructions; with null pointers, it only counts them. What is repeated as a
// group is translated as often as it can occur, so the text of a part is passed around, not a tree.
class pattern_compiler {
public:
    constexpr pattern_compiler(std::string_view text, pattern_instruction* instructions, code_point_range* ranges)
        : text_(text), instructions_(instructions), ranges_(ranges) {}

    constexpr pattern_size compile() {
        alternatives(0, text_.size());
        emit({});
        return {instruction_count_, range_count_};
    }

private:
    using instruction = pattern_instruction;
    using operation = pattern_instruction::operation;

    struct bounds {
        std::uint32_t min = 1, max = 1;
        std::size_t end = 0;
    };

    constexpr std::size_t emit(instruction const& i) {
        if (instruction_count_ >= 20000) throw "parley::pattern: the expression is too large: a group is repeated too often";
        if (instructions_) instructions_[instruction_count_] = i;
        return instruction_count_++;
    }
    constexpr void patch(std::size_t at, std::size_t target, std::size_t other) {
        if (!instructions_) return;
        instructions_[at].target = static_cast<std::uint32_t>(target);
        instructions_[at].other = static_cast<std::uint32_t>(other);
    }

    // The end of the atom at `i`: a character, an escape, a class or a group.
    constexpr std::size_t atom_end(std::size_t i, std::size_t end) const {
        if (text_[i] == '\\') return escape_end(i, end);
        if (text_[i] == '[') {
            for (++i; i < end && text_[i] != ']'; ++i) {
                if (text_[i] == '\\') ++i;
            }
            if (i >= end) throw "parley::pattern: a class is not closed";
            return i + 1;
        }
        if (text_[i] == '(') {
            std::size_t depth = 0;
            while (i < end) {
                if (text_[i] == '[') {
                    i = atom_end(i, end);
                    continue;
                }
                if (text_[i] == '\\') ++i;
                else if (text_[i] == '(') ++depth;
                else if (text_[i] == ')' && --depth == 0) return i + 1;
                ++i;
            }
            throw "parley::pattern: a group is not closed";
        }
        if (text_[i] == ')') throw "parley::pattern: a group is closed that was not opened";
        if (text_[i] == '*' || text_[i] == '+' || text_[i] == '?') throw "parley::pattern: there is nothing to repeat";
        // A character of several bytes.
        auto next = i + 1;
        while (next < end && (static_cast<unsigned char>(text_[next]) & 0xc0) == 0x80) ++next;
        return next;
    }

    constexpr std::size_t escape_end(std::size_t i, std::size_t end) const {
        if (i + 1 >= end) throw "parley::pattern: an escape is not complete";
        char const c = text_[i + 1];
        if (c == 'x') return i + 4;
        if (c == 'u' && i + 2 < end && text_[i + 2] == '{') {
            while (i < end && text_[i] != '}') ++i;
            if (i >= end) throw "parley::pattern: an escape is not complete";
            return i + 1;
        }
        if (c == 'u') return i + (is_surrogate_pair(i, end) ? 12 : 6);
        return i + 2;
    }

    // Two escapes that are one code point above U+FFFF.
    constexpr bool is_surrogate_pair(std::size_t i, std::size_t end) const {
        if (i + 12 > end || text_[i + 6] != '\\' || text_[i + 7] != 'u' || text_[i + 8] == '{') return false;
        auto const high = hex(i + 2, i + 6), low = hex(i + 8, i + 12);
        return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
    }

    constexpr void alternatives(std::size_t begin, std::size_t end) {
        auto bar = begin;
        while (bar < end && text_[bar] != '|') bar = text_[bar] == '^' || text_[bar] == '$' || is_quantifier(text_[bar])
                                                       ? bar + 1 : atom_end(bar, end);
        if (bar >= end) return sequence(begin, end);
        auto const split = emit({operation::split});
        sequence(begin, bar);
        auto const jump = emit({operation::jump});
        patch(split, split + 1, instruction_count_);
        alternatives(bar + 1, end);
        patch(jump, instruction_count_, 0);
    }

    static constexpr bool is_quantifier(char c) { return c == '*' || c == '+' || c == '?'; }

    constexpr void sequence(std::size_t i, std::size_t end) {
        while (i < end) {
            if (text_[i] == '^' || text_[i] == '$') {
                emit({text_[i] == '^' ? operation::text_begin : operation::text_end});
                ++i;
                continue;
            }
            auto const next = atom_end(i, end);
            auto const times = quantifier(next, end);
            if (text_[i] == '(') repeat_group(i, next, times);
            else repeat_class(i, next, times);
            i = times.end;
        }
    }

    constexpr bounds quantifier(std::size_t i, std::size_t end) const {
        bounds times{1, 1, i};
        if (i >= end) return times;
        if (text_[i] == '*') times = {0, instruction::unbounded, i + 1};
        else if (text_[i] == '+') times = {1, instruction::unbounded, i + 1};
        else if (text_[i] == '?') times = {0, 1, i + 1};
        else if (text_[i] == '{') {
            auto j = i + 1;
            times.min = number(j, end);
            times.max = times.min;
            if (j < end && text_[j] == ',') {
                ++j;
                times.max = j < end && text_[j] == '}' ? instruction::unbounded : number(j, end);
            }
            if (j >= end || text_[j] != '}') throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
            if (times.min > times.max) throw "parley::pattern: the bounds of a count are in the wrong order";
            times.end = j + 1;
        } else {
            return times;
        }
        if (times.end < end && text_[times.end] == '?') ++times.end; // lazy: the same texts match
        return times;
    }

    constexpr std::uint32_t number(std::size_t& i, std::size_t end) const {
        std::uint32_t value = 0;
        auto const begin = i;
        for (; i < end && text_[i] >= '0' && text_[i] <= '9'; ++i) {
            if (value > 100'000'000) throw "parley::pattern: a count is too large";
            value = value * 10 + static_cast<std::uint32_t>(text_[i] - '0');
        }
        if (i == begin) throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
        return value;
    }

    constexpr void group(std::size_t begin, std::size_t end) {
        if (text_[begin + 1] == '?') {
            if (text_[begin + 2] == ':') return alternatives(begin + 3, end - 1);
            if (text_[begin + 2] == '<' && text_[begin + 3] != '=' && text_[begin + 3] != '!') {
                for (auto i = begin; i < end; ++i) {
                    if (text_[i] == '>') return alternatives(i + 1, end - 1);
                }
            }
            throw "parley::pattern: look-around is not supported";
        }
        alternatives(begin + 1, end - 1);
    }

    constexpr void repeat_group(std::size_t begin, std::size_t end, bounds times) {
        for (std::uint32_t i = 0; i < times.min; ++i) group(begin, end);
        if (times.max == instruction::unbounded) {
            auto const split = emit({operation::split});
            group(begin, end);
            auto const jump = emit({operation::jump});
            patch(jump, split, 0);
            patch(split, split + 1, instruction_count_);
            return;
        }
        auto const optional = times.max - times.min;
        auto const first = instruction_count_;
        std::size_t length = 0;
        for (std::uint32_t i = 0; i < optional; ++i) {
            emit({operation::split});
            group(begin, end);
            if (i == 0) length = instruction_count_ - first;
        }
        for (std::uint32_t i = 0; i < optional; ++i) patch(first + i * length, first + i * length + 1, instruction_count_);
    }

    constexpr void repeat_class(std::size_t begin, std::size_t end, bounds times) {
        if (times.max == 0) return;
        auto const set = class_at(begin, end).normalized();
        instruction i;
        i.what = times.min == 1 && times.max == 1 ? operation::one_of : operation::repeat;
        i.first_range = static_cast<std::uint32_t>(range_count_);
        i.range_count = static_cast<std::uint32_t>(set.count);
        i.min = times.min;
        i.max = times.max;
        for (std::size_t r = 0; r < set.count; ++r) {
            if (ranges_) ranges_[range_count_] = set.ranges[r];
            ++range_count_;
            for (auto c = set.ranges[r].first; c <= set.ranges[r].last && c < 128; ++c)
                i.ascii[c / 64] |= std::uint64_t{1} << c % 64;
        }
        emit(i);
    }

    constexpr code_point_set class_at(std::size_t begin, std::size_t end) const {
        code_point_set set;
        if (text_[begin] == '.') {
            set.add('\n', '\n'), set.add('\r', '\r'), set.add(0x2028, 0x2029);
            return set.complement();
        }
        if (text_[begin] == '[') return bracket(begin + 1, end - 1);
        if (text_[begin] == '\\') {
            if (add_shorthand(text_[begin + 1], set)) return set;
        }
        auto i = begin;
        auto const c = character(i, end);
        set.add(c, c);
        return set;
    }

    constexpr code_point_set bracket(std::size_t i, std::size_t end) const {
        code_point_set set;
        bool const negated = i < end && text_[i] == '^';
        if (negated) ++i;
        while (i < end) {
            if (text_[i] == '\\' && i + 1 < end && add_shorthand(text_[i + 1], set)) {
                i += 2;
                continue;
            }
            auto const first = character(i, end);
            auto last = first;
            if (i + 1 < end && text_[i] == '-' && !is_shorthand(i + 1, end)) {
                ++i;
                last = character(i, end);
            }
            set.add(first, last);
        }
        return negated ? set.complement() : set;
    }

    constexpr bool is_shorthand(std::size_t i, std::size_t end) const {
        code_point_set ignored;
        return text_[i] == '\\' && i + 1 < end && add_shorthand(text_[i + 1], ignored);
    }

    static constexpr bool add_shorthand(char c, code_point_set& set) {
        code_point_set digits, word, space;
        digits.add('0', '9');
        word.add('0', '9'), word.add('A', 'Z'), word.add('_', '_'), word.add('a', 'z');
        // WhiteSpace and LineTerminator of ECMA 262.
        space.add(9, 13), space.add(' ', ' '), space.add(0xa0, 0xa0), space.add(0x1680, 0x1680), space.add(0x2000, 0x200a);
        space.add(0x2028, 0x2029), space.add(0x202f, 0x202f), space.add(0x205f, 0x205f), space.add(0x3000, 0x3000);
        space.add(0xfeff, 0xfeff);
        switch (c) {
        case 'd': set.add(digits); return true;
        case 'D': set.add(digits.complement()); return true;
        case 'w': set.add(word); return true;
        case 'W': set.add(word.complement()); return true;
        case 's': set.add(space); return true;
        case 'S': set.add(space.complement()); return true;
        case 'p':
        case 'P': throw "parley::pattern: Unicode properties are not supported";
        case 'b':
        case 'B': throw "parley::pattern: word boundaries are not supported";
        default: return false;
        }
    }

    constexpr std::uint32_t hex(std::size_t begin, std::size_t end) const {
        std::uint32_t value = 0;
        if (begin >= end || end > text_.size()) throw "parley::pattern: an escape is not complete";
        for (auto i = begin; i < end; ++i) {
            char const c = text_[i];
            std::uint32_t digit = 0;
            if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
            else if (c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A' + 10);
            else throw "parley::pattern: an escape has digits that are none";
            value = value * 16 + digit;
        }
        if (value > 0x10ffff) throw "parley::pattern: an escape is above U+10FFFF";
        return value;
    }

    // The character at `i`, escapes resolved; moves `i` behind it.
    constexpr std::uint32_t character(std::size_t& i, std::size_t end) const {
        if (text_[i] == '\\') {
            auto const begin = i;
            i = escape_end(begin, end);
            if (i > end) throw "parley::pattern: an escape is not complete";
            switch (char const c = text_[begin + 1]) {
            case 't': return '\t';
            case 'n': return '\n';
            case 'r': return '\r';
            case 'f': return '\f';
            case 'v': return '\v';
            case '0': return 0;
            case 'x': return hex(begin + 2, i);
            case 'u':
                if (text_[begin + 2] == '{') return hex(begin + 3, i - 1);
                if (is_surrogate_pair(begin, end))
                    return 0x10000 + ((hex(begin + 2, begin + 6) - 0xd800) << 10) + (hex(begin + 8, begin + 12) - 0xdc00);
                return hex(begin + 2, i);
            default:
                if (c >= '1' && c <= '9') throw "parley::pattern: back references are not supported";
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) throw "parley::pattern: an escape is not known";
                return static_cast<unsigned char>(c);
            }
        }
        auto const lead = static_cast<unsigned char>(text_[i++]);
        if (lead < 0x80) return lead;
        std::uint32_t value = lead >= 0xf0 ? lead & 7U : lead >= 0xe0 ? lead & 15U : lead & 31U;
        for (; i < end && (static_cast<unsigned char>(text_[i]) & 0xc0) == 0x80; ++i)
            value = value << 6 | (static_cast<unsigned char>(text_[i]) & 0x3fU);
        return value;
    }

    std::string_view text_;
    pattern_instruction* instructions_;
    code_point_range* ranges_;
    std::size_t instruction_count_ = 0;
    std::size_t range_count_ = 0;
};

} // namespace detail

/// The room that `text` takes when it is compiled. A text that is no supported expression is a compile error that says
/// what is wrong with it.
constexpr pattern_size measure_pattern(std::string_view text) {
    return detail::pattern_compiler(text, nullptr, nullptr).compile();
}

template <pattern_size Size>
constexpr pattern_program<Size> compile_pattern(std::string_view text) {
    pattern_program<Size> program;
    detail::pattern_compiler(text, program.instructions.data(), program.ranges.data()).compile();
    return program;
}

} // namespace parley

#endif
