// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_PATTERN_COMPILER_HPP
#define PARLEY_PATTERN_PATTERN_COMPILER_HPP

#include <parley/pattern/unicode.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// The room that compiling `text` needs at most, in words; rounded up, so that there are few types of drafts.
constexpr std::size_t pattern_capacity(std::string_view text) { return std::bit_ceil(8 * text.size() + 64); }

/// A compiled pattern with the room in which it was compiled: its code at the begin, its classes at the end.
template <std::size_t Capacity>
struct pattern_draft {
    std::uint32_t words[Capacity]{};
    std::size_t code_size = 0;
    std::size_t classes_size = 0;

    constexpr std::size_t size() const noexcept { return code_size + classes_size; }
};

// A program is an array of words: a header, instructions, and at the end the classes. An instruction is one word, the
// operation and above it an argument, and some have further words. Distances are in words from the instruction on, so a
// part can be moved. A class is known by its distance from the end of the program.
enum pattern_op : std::uint32_t {
    op_accept,
    op_literal,  // the number of bytes, up to 8; the bytes, four in each of two words
    op_one,      // a class
    op_repeat,   // a class; how often at least, how often at most
    op_take_all, // the same, where giving back some cannot help
    op_split,    // the distance to the other way; the first goes on here
    op_jump,     // the distance
    op_back,     // the distance back to the first way; the other goes on here
    op_loop,     // a counter; how often at least, how often at most, the distance behind the loop; then what is repeated
    op_again,    // the distance back to the loop
    op_look, // 4 * the distance behind it + 2 if it looks behind + 1 if it must not match; then what is looked for, and accept
    op_text_begin,
    op_text_end,
    op_line_begin,
    op_line_end,
    op_boundary,
    op_no_boundary,
    op_literal_back, // as the three above, backwards: within what looks behind
    op_one_back,
    op_repeat_back,
};

constexpr std::uint32_t pattern_unbounded = 0xffffffff;
constexpr unsigned pattern_argument_shift = 10;
constexpr pattern_op op_of(std::uint32_t word) { return static_cast<pattern_op>(word & 0xff); }
constexpr std::uint32_t argument_of(std::uint32_t word) { return word >> pattern_argument_shift; }
// In words.
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

// What is between the operation and its argument.
enum pattern_op_flags : std::uint32_t {
    pattern_is_decided = 0x100,      // op_split, op_back: the first way is the right one if the next character can begin it
    pattern_begins_literal = 0x200,  // op_split: the first way does
    pattern_takes_printable = 0x100, // op_repeat, op_take_all: all characters of ASCII but control characters are in the class
    pattern_takes_quotes = 0x200,    // op_one, op_repeat, op_take_all: what JSON escapes is in the class, or some of it
};

// The header: flags, and above them how many counters there are.
constexpr std::uint32_t pattern_is_anchored = 1; // each match begins with the text
constexpr std::uint32_t pattern_is_straight =
    2; // it begins with the text and asks for characters only, which JSON does not escape
constexpr std::uint32_t pattern_is_one_class = 4;    // it is straight and one class, of which the whole text is: "^[a-z]{1,8}$"
constexpr std::uint32_t pattern_repeats_groups = 8;  // it repeats groups, and can be followed by a table: "^[0-9]+(\\.[0-9]+)*$"
constexpr std::uint32_t pattern_asks_for_kinds = 16; // a class of it does

// A class: 16 bytes, of which the one at the low half of an ASCII character has a bit for its high half; a word of flags, with
// the number of its ranges above them; the set of its character_kind, two words, if it has one; and the ranges above ASCII, two
// words each.
enum class_flags : std::uint32_t {
    class_negated = 1,   // above ASCII it is what the rest does not say
    class_space = 2,     // \s above ASCII
    class_not_space = 4, // \S above ASCII
    class_kinds = 8,
    class_flags_mask = 0xff,
};
constexpr std::size_t class_bytes = 16, class_head = 4, class_fixed_size = 5;

// Where the byte of a class at `index` is in memory.
constexpr std::size_t class_byte(std::size_t index) { return std::endian::native == std::endian::little ? index : index ^ 3; }
constexpr bool class_has_ascii(std::uint32_t const* words, std::uint32_t c) {
    return words[(c & 15) / 4] >> (8 * (c & 3) + (c >> 4)) & 1;
}

// Eight bytes of eight bits, rows and columns exchanged (Hacker's Delight, 7-3).
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

// Where the byte `index` is in a word of a literal, so that they lie one after the other.
constexpr unsigned literal_shift(std::size_t index) {
    auto const byte = static_cast<unsigned>(index % 4);
    return 8 * (std::endian::native == std::endian::little ? byte : 3 - byte);
}

// Translates the text of a pattern in one pass. It runs mostly in the compiler of C++, for which a call is dear and a class
// that is initialized dearer, so it is one class without parts.
class pattern_compiler {
public:
    constexpr pattern_compiler(std::string_view text, std::uint32_t* words, std::size_t capacity)
        : text_(text), words_(words), capacity_(capacity) {}

    constexpr void compile() {
        size_ = 1;
        auto const all = alternatives();
        if (at_ < text_.size()) throw "parley::pattern: a group is closed that was not opened";
        emit(op_accept);
        settle();
        words_[0] = (all.anchored ? pattern_is_anchored : 0) | straight_flags() | (asks_for_kinds_ ? pattern_asks_for_kinds : 0)
                    | all.counters << pattern_argument_shift;
    }

    constexpr std::size_t code_size() const { return size_; }
    constexpr std::size_t classes_size() const { return classes_; }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // What is known of a part of the expression.
    struct part {
        bool empty = true;          // it can match no character at all
        bool anchored = false;      // it matches at the begin of the text only
        std::uint32_t counters = 0; // how many counted loops are within each other
    };

    struct counts {
        std::uint32_t min = 1, max = 1;
        bool possessive = false;
    };

    // Code.

    constexpr void emit(pattern_op op, std::size_t argument = 0) {
        words_[size_++] = op | static_cast<std::uint32_t>(argument) << pattern_argument_shift;
    }

    // Makes room for `count` words at `at`.
    constexpr void insert(std::size_t at, std::size_t count) {
        for (auto i = size_; i > at; --i) words_[i - 1 + count] = words_[i - 1];
        size_ += count;
    }
    constexpr void write(std::size_t at, pattern_op op, std::size_t argument) {
        words_[at] = op | static_cast<std::uint32_t>(argument) << pattern_argument_shift;
    }

    // Puts what begins at `from` before what begins at `begin`.
    constexpr void move_to_front(std::size_t begin, std::size_t from) {
        auto const count = size_ - from;
        insert(begin, count);
        size_ -= count;
        for (std::size_t i = 0; i < count; ++i) words_[begin + i] = words_[from + count + i];
    }

    // Follows the code from the begin to the accept that ends it.
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

    constexpr bool is_one_class() const {
        return size_ == 7 && op_of(words_[2]) == op_take_all && !(words_[2] & pattern_takes_quotes)
               && op_of(words_[5]) == op_text_end;
    }

    // Whether the literal is ASCII that JSON does not escape.
    constexpr bool is_plain(std::size_t literal) const {
        for (std::size_t i = 0; i < argument_of(words_[literal]); ++i) {
            auto const byte = words_[literal + 1 + i / 4] >> literal_shift(i) & 0xff;
            if (byte < ' ' || byte >= 0x80 || byte == '"' || byte == '\\') return false;
        }
        return true;
    }

    // Most repetitions need not try to give back some, and for most choices there is one way only.
    constexpr void settle() {
        for (std::size_t at = 1; at < size_; at += pattern_op_size(words_[at])) {
            auto const argument = argument_of(words_[at]);
            switch (op_of(words_[at])) {
            case op_repeat:
                if (excludes(at + 3, class_at(argument), true, 0)) write(at, op_take_all, argument);
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

    static constexpr bool has_printable(std::uint32_t const* set) {
        constexpr std::uint32_t printable = 0xfcfcfcfc; // columns 2 to 7, in each of four rows
        return (set[0] & set[1] & set[2] & set[3] & printable) == printable;
    }

    static constexpr bool has_escaped(std::uint32_t const* set) {
        constexpr std::uint32_t control = 0x03030303; // columns 0 and 1
        return ((set[0] | set[1] | set[2] | set[3]) & control) != 0 || class_has_ascii(set, '"') || class_has_ascii(set, '\\');
    }

    // Whether the first way begins with a character, and the other not with the same.
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

    // Whether what comes at `at` cannot begin with a character of the class; `accept`: what is said of the end of the pattern. Looks
    // no further than is cheap.
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

    // The grammar.

    constexpr part alternatives() {
        if (++depth_ > 64) throw "parley::pattern: groups are within each other too deep";
        auto const ignore_case = ignore_case_, dot_all = dot_all_, multiline = multiline_;
        auto const begin = size_, classes = classes_;
        auto all = sequence();
        if (at_ < text_.size() && text_[at_] == '|') {
            auto first = begin;
            std::size_t jump = 0;
            while (at_ < text_.size() && text_[at_] == '|') {
                ++at_;
                ++weight_;
                auto const second = size_;
                auto const other = sequence();
                all.empty = all.empty || other.empty;
                all.anchored = all.anchored && other.anchored;
                if (other.counters > all.counters) all.counters = other.counters;
                if (first == begin && unite(first, second, classes)) continue;
                insert(second, 1);
                insert(first, 1);
                write(first, op_split, second + 2 - first);
                // The jumps to the end, each with the distance to the one before, until the end is known.
                write(second + 1, op_jump, jump ? second + 1 - jump : 0);
                jump = second + 1;
                first = second + 2;
            }
            while (jump) {
                auto const before = argument_of(words_[jump]);
                write(jump, op_jump, size_ - jump);
                jump = before ? jump - before : 0;
            }
            literal_ = none;
        }
        ignore_case_ = ignore_case, dot_all_ = dot_all, multiline_ = multiline;
        --depth_;
        return all;
    }

    constexpr part sequence() {
        part all;
        bool first = true;
        auto const begin = size_;
        literal_ = none;
        while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
            if (size_ + classes_ + 64 > capacity_) throw "parley::pattern: the expression is too large";
            auto const from = size_;
            auto const next = element();
            ++weight_;
            if (first && size_ != from) {
                all.anchored = next.anchored;
                first = false;
            }
            all.empty = all.empty && next.empty;
            if (next.counters > all.counters) all.counters = next.counters;
            // What looks behind goes from the last element to the first.
            if (backward_ && from != begin) move_to_front(begin, from);
        }
        return all;
    }

    constexpr part element() {
        switch (text_[at_]) {
        case '^': ++at_; return assertion(multiline_ ? op_line_begin : op_text_begin);
        case '$': ++at_; return assertion(multiline_ ? op_line_end : op_text_end);
        case '(': return group();
        case '*':
        case '+':
        case '?': throw "parley::pattern: there is nothing to repeat";
        case '{': throw "parley::pattern: a { that begins no count is written as \\{";
        case ']':
            throw "parley::pattern: a ] that closes no class is written as \\], and a class within a class is not supported";
        case '.':
            ++at_;
            clear_class();
            if (!dot_all_) { add('\n', '\n'), add('\r', '\r'), add(0x2028, 0x2029); }
            return class_element(true);
        case '[': return bracket();
        case '\\':
            if (at_ + 1 >= text_.size()) throw "parley::pattern: an escape is not complete";
            switch (text_[at_ + 1]) {
            case 'b': at_ += 2; return assertion(op_boundary);
            case 'B': at_ += 2; return assertion(op_no_boundary);
            case 'A': at_ += 2; return assertion(op_text_begin);
            case 'z': at_ += 2; return assertion(op_text_end);
            default: break;
            }
            if (is_shorthand()) {
                clear_class();
                add_shorthand();
                return class_element(false);
            }
            return character_element(character());
        default: return character_element(character());
        }
    }

    constexpr part assertion(pattern_op op) {
        literal_ = none;
        emit(op);
        return repeated_assertion(size_ - 1, {true, op == op_text_begin, 0});
    }

    // What matches no character is the same, however often it is repeated, unless it need not be there at all.
    constexpr part repeated_assertion(std::size_t from, part content) {
        if (quantifier().min > 0) return content;
        size_ = from;
        return {};
    }

    constexpr part group() {
        auto const from = size_;
        auto const ignore_case = ignore_case_, dot_all = dot_all_, multiline = multiline_, backward = backward_;
        bool look = false, behind = false, negative = false;
        ++at_;
        if (peek(0) == '?') {
            ++at_;
            auto const c = peek(0);
            if (c == ':') {
                ++at_;
            } else if (c == '=' || c == '!') {
                look = true, negative = c == '!';
                ++at_;
            } else if (c == '<' && (peek(1) == '=' || peek(1) == '!')) {
                look = behind = true, negative = peek(1) == '!';
                at_ += 2;
            } else if (c == '<') {
                do ++at_;
                while (is_word(peek(0)));
                if (peek(0) != '>') throw "parley::pattern: a group's name is not closed";
                ++at_;
            } else {
                if (flags()) return {}; // they hold until the end of the group around
            }
        }
        auto const weight = weight_;
        if (look) {
            emit(op_look);
            backward_ = behind;
        }
        auto content = alternatives();
        if (at_ >= text_.size()) throw "parley::pattern: a group is not closed";
        ++at_;
        ignore_case_ = ignore_case, dot_all_ = dot_all, multiline_ = multiline, backward_ = backward;
        if (look) {
            emit(op_accept);
            write(from, op_look, (size_ - from) * 4 + (behind ? 2 : 0) + (negative ? 1 : 0));
            literal_ = none;
            return repeated_assertion(from, {true, false, content.counters});
        }
        if (!is_quantifier(peek(0))) return content;
        auto const times = quantifier();
        if (times.possessive) throw "parley::pattern: a possessive repetition of a group is not supported";
        auto const copies = times.max != pattern_unbounded ? times.max : times.min > 1 ? times.min : 1;
        weight_ = weight + (weight_ - weight) * copies;
        if (weight_ > 100'000) throw "parley::pattern: the expression is too large: a group is repeated too often";
        return repeat(from, content, times);
    }

    // Repeats the code from `from` on.
    constexpr part repeat(std::size_t from, part content, counts times) {
        literal_ = none;
        if (times.max == 0) {
            size_ = from;
            return {};
        }
        if (is_single(from, size_)) {
            clear_class();
            add_single(from);
            drop_code(from);
            return repeat_class(find_class(), times);
        }
        if (times.min == 0 && times.max == 1) {
            insert(from, 1);
            write(from, op_split, size_ - from);
        } else if (times.min <= 1 && times.max == pattern_unbounded && !content.empty) {
            emit(op_back, size_ - from);
            if (times.min == 0) {
                insert(from, 1);
                write(from, op_split, size_ - from);
            }
        } else if (times.min != 1 || times.max != 1) {
            insert(from, 4);
            emit(op_again, size_ - from);
            write(from, op_loop, content.counters);
            words_[from + 1] = times.min;
            words_[from + 2] = times.max;
            words_[from + 3] = static_cast<std::uint32_t>(size_ - from);
            ++content.counters;
        }
        content.empty = content.empty || times.min == 0;
        content.anchored = content.anchored && times.min > 0;
        return content;
    }

    // (?i) and the like, or (?i: . True if it is the former.
    constexpr bool flags() {
        if (peek(0) == ')') throw "parley::pattern: this kind of group is not supported";
        for (bool on = true;; ++at_) {
            switch (peek(0)) {
            case 'i': ignore_case_ = on; break;
            case 's': dot_all_ = on; break;
            case 'm': multiline_ = on; break;
            case '-':
                if (!on) throw "parley::pattern: this kind of group is not supported";
                on = false;
                break;
            case ')': ++at_; return true;
            case ':': ++at_; return false;
            default: throw "parley::pattern: this kind of group is not supported";
            }
        }
    }

    constexpr char peek(std::size_t distance) const { return at_ + distance < text_.size() ? text_[at_ + distance] : '\0'; }
    static constexpr bool is_quantifier(char c) { return c == '*' || c == '+' || c == '?' || c == '{'; }
    static constexpr bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    constexpr counts quantifier() {
        counts times;
        switch (peek(0)) {
        case '*': times = {0, pattern_unbounded}; break;
        case '+': times = {1, pattern_unbounded}; break;
        case '?': times = {0, 1}; break;
        case '{':
            ++at_;
            times.min = times.max = number();
            if (peek(0) == ',') {
                ++at_;
                times.max = peek(0) == '}' ? pattern_unbounded : number();
            }
            if (peek(0) != '}') throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
            if (times.min > times.max) throw "parley::pattern: the bounds of a count are in the wrong order";
            break;
        default: return times;
        }
        ++at_;
        if (peek(0) == '?') ++at_; // lazy: the same texts match
        else if (peek(0) == '+') ++at_, times.possessive = true;
        return times;
    }

    constexpr std::uint32_t number() {
        std::uint32_t value = 0;
        auto const begin = at_;
        for (; peek(0) >= '0' && peek(0) <= '9'; ++at_) {
            value = value * 10 + static_cast<std::uint32_t>(peek(0) - '0');
            if (value > 100'000'000) throw "parley::pattern: a count is too large";
        }
        if (at_ == begin) throw "parley::pattern: a count is written as {n}, {n,} or {n,m}";
        return value;
    }

    // Characters.

    constexpr part character_element(std::uint32_t c) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if ((at_ >= text_.size() || !is_quantifier(text_[at_])) && !(ignore_case_ && letter) && (c < 0xd800 || c > 0xdfff)) {
            append(c);
            return {false, false, 0};
        }
        clear_class();
        add(c, c);
        return class_element(false);
    }

    // To the literal that is in the making, or to a new one.
    constexpr void append(std::uint32_t c) {
        std::size_t const size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (literal_ == none || argument_of(words_[literal_]) + size > 8) {
            literal_ = size_;
            emit(backward_ ? op_literal_back : op_literal);
            words_[size_++] = 0;
            words_[size_++] = 0;
        }
        if (size == 1) {
            append_byte(c);
        } else {
            auto const more = 6 * static_cast<unsigned>(size - 1); // bits behind those of the first byte
            append_byte((0xf00U >> size & 0xff) | c >> more);
            for (auto shift = more; shift > 0; shift -= 6) append_byte(0x80 | (c >> (shift - 6) & 0x3f));
        }
        // Backwards it is one character after the other, so that the elements can change places.
        if (backward_) literal_ = none;
    }
    constexpr void append_byte(std::uint32_t byte) {
        auto const index = argument_of(words_[literal_]);
        words_[literal_ + 1 + index / 4] |= byte << literal_shift(index);
        words_[literal_] += 1 << pattern_argument_shift;
    }

    // The character at the present place, escapes resolved.
    constexpr std::uint32_t character() {
        auto const lead = static_cast<unsigned char>(text_[at_++]);
        if (lead != '\\') {
            if (lead < 0x80) return lead;
            auto value = lead & (lead >= 0xf0 ? 7U : lead >= 0xe0 ? 15U : 31U);
            int const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
            for (int i = 0; i < more; ++i) {
                auto const byte = static_cast<unsigned char>(peek(0));
                if (lead < 0xc2 || lead > 0xf4 || byte < 0x80 || byte > 0xbf)
                    throw "parley::pattern: the expression is not UTF-8";
                value = value << 6 | (byte & 0x3fU);
                ++at_;
            }
            return value;
        }
        if (at_ >= text_.size()) throw "parley::pattern: an escape is not complete";
        char const c = text_[at_];
        if (static_cast<unsigned char>(c) >= 0x80) return character();
        ++at_;
        switch (c) {
        case 't': return '\t';
        case 'n': return '\n';
        case 'r': return '\r';
        case 'f': return '\f';
        case 'v': return '\v';
        case '0': {
            std::uint32_t value = 0;
            for (int i = 0; i < 3 && peek(0) >= '0' && peek(0) <= '7' && value < 32; ++i, ++at_)
                value = value * 8 + static_cast<std::uint32_t>(peek(0) - '0');
            return value;
        }
        case 'x': return peek(0) == '{' ? hex_in_braces() : hex(2);
        case 'u': return peek(0) == '{' ? hex_in_braces() : code_unit();
        case 'c':
            if (!is_word(peek(0)) || peek(0) == '_' || peek(0) < 'A') throw "parley::pattern: an escape is not complete";
            return static_cast<std::uint32_t>(text_[at_++] & 31);
        case 'k': throw "parley::pattern: back references are not supported";
        default:
            if (c >= '1' && c <= '9') throw "parley::pattern: back references are not supported";
            if (is_word(c) && c != '_') throw "parley::pattern: an escape is not known";
            return static_cast<unsigned char>(c);
        }
    }

    constexpr std::uint32_t hex_in_braces() {
        ++at_;
        std::uint32_t value = 0;
        if (peek(0) == '}') throw "parley::pattern: an escape is not complete";
        for (; peek(0) != '}'; ++at_) {
            value = value * 16 + digit();
            if (value > 0x10ffff) throw "parley::pattern: an escape is above U+10FFFF";
        }
        ++at_;
        return value;
    }
    constexpr std::uint32_t code_unit() {
        auto const value = hex(4);
        if (value < 0xd800 || value > 0xdbff || peek(0) != '\\' || peek(1) != 'u' || peek(2) == '{') return value;
        // Two escapes that are one code point above U+FFFF.
        auto const behind = at_;
        at_ += 2;
        auto const low = hex(4);
        if (low >= 0xdc00 && low <= 0xdfff) return 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        at_ = behind;
        return value;
    }
    constexpr std::uint32_t hex(int digits) {
        std::uint32_t value = 0;
        for (int i = 0; i < digits; ++i, ++at_) value = value * 16 + digit();
        return value;
    }
    constexpr std::uint32_t digit() const {
        auto const c = peek(0);
        if (at_ >= text_.size()) throw "parley::pattern: an escape is not complete";
        if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
        if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
        throw "parley::pattern: an escape has digits that are none";
    }

    // Classes. There is one in the making at a time; its ranges are where the next instruction will be.

    constexpr void clear_class() {
        bits_[0] = bits_[1] = bits_[2] = bits_[3] = 0;
        kinds_ = 0;
        flags_ = 0;
        ranges_ = 0;
    }

    constexpr void add(std::uint32_t first, std::uint32_t last) {
        if (first > last) throw "parley::pattern: a range in a class goes backwards";
        for (auto word = first / 32; word < 4 && word <= last / 32; ++word) {
            auto bits = ~std::uint32_t{0};
            if (word == first / 32) bits &= ~std::uint32_t{0} << first % 32;
            if (word == last / 32) bits &= ~std::uint32_t{0} >> (31 - last % 32);
            bits_[word] |= bits;
        }
        if (last < 0x80) return;
        auto const place = size_ + 2 * ranges_++;
        if (place + classes_ + 64 > capacity_) throw "parley::pattern: the expression is too large";
        words_[place] = first < 0x80 ? 0x80 : first;
        words_[place + 1] = last;
    }

    constexpr bool is_shorthand() const {
        if (peek(0) != '\\') return false;
        switch (peek(1)) {
        case 'd':
        case 'D':
        case 'w':
        case 'W':
        case 's':
        case 'S':
        case 'p':
        case 'P': return true;
        default: return false;
        }
    }

    constexpr void add_bits(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, bool negated) {
        auto const all = negated ? ~std::uint32_t{0} : 0;
        bits_[0] |= a ^ all;
        bits_[1] |= b ^ all;
        bits_[2] |= c ^ all;
        bits_[3] |= d ^ all;
    }

    constexpr void add_shorthand() {
        auto const c = text_[at_ + 1];
        at_ += 2;
        bool const negated = c == 'D' || c == 'W' || c == 'S';
        switch (c) {
        case 'd':
        case 'D': add_bits(0, 0x03ff0000, 0, 0, negated); break;
        case 'w':
        case 'W': add_bits(0, 0x03ff0000, 0x87fffffe, 0x07fffffe, negated); break;
        case 's':
        case 'S':
            add_bits(0x3e00, 1, 0, 0, negated);
            flags_ |= negated ? class_not_space : class_space;
            return;
        default: return add_property(c == 'P');
        }
        if (negated) add(0x80, 0x10ffff);
    }

    constexpr void add_property(bool negated) {
        auto name = text_.substr(at_, 1);
        if (peek(0) == '{') {
            auto const end = text_.find('}', at_);
            if (end == std::string_view::npos) throw "parley::pattern: an escape is not complete";
            name = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end;
        }
        ++at_;
        auto const property = property_named(name);
        if (!property.known) throw "parley::pattern: this property of characters is not known or not supported";
        constexpr auto all = bit_of(kind_count) - 1;
        auto const kinds = negated ? ~property.kinds & all : property.kinds;
        if (kinds == all) add(0x80, 0x10ffff); // which needs no table
        else kinds_ |= kinds;
        add_bits(property.ascii[0], property.ascii[1], property.ascii[2], property.ascii[3], negated);
    }

    constexpr part bracket() {
        clear_class();
        ++at_;
        bool const negated = peek(0) == '^';
        if (negated) ++at_;
        for (;;) {
            if (at_ >= text_.size()) throw "parley::pattern: a class is not closed";
            auto const c = text_[at_];
            if (c == ']') break;
            if (c == '[' && peek(1) == ':') {
                std::size_t end = 2;
                while (is_word(peek(end))) ++end;
                if (peek(end) == ':' && peek(end + 1) == ']') throw "parley::pattern: a class within a class is not supported";
            }
            if (c == '\\' && is_shorthand()) {
                add_shorthand();
                continue;
            }
            auto const first = class_character();
            auto last = first;
            // At the end, or behind a shorthand, - is itself.
            if (peek(0) == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                ++at_;
                if (is_shorthand()) throw "parley::pattern: a range in a class ends with a class";
                last = class_character();
            }
            add(first, last);
        }
        ++at_;
        return class_element(negated);
    }

    constexpr std::uint32_t class_character() {
        if (text_[at_] != '\\' || peek(1) != 'b') return character();
        at_ += 2;
        return '\b';
    }

    constexpr part class_element(bool negated) {
        if (ignore_case_) {
            auto const letters = (bits_[2] | bits_[3]) & 0x07fffffe;
            bits_[2] |= letters;
            bits_[3] |= letters;
        }
        if (negated) {
            for (auto& bits : bits_) bits = ~bits;
            flags_ |= class_negated;
        }
        bool const repeated = at_ < text_.size() && is_quantifier(text_[at_]);
        if (!repeated && flags_ == 0 && kinds_ == 0 && ranges_ == 0) {
            // One character is a literal.
            int word = -1, count = 0;
            for (int i = 0; i < 4; ++i) {
                if (bits_[i] != 0) word = i, count += std::popcount(bits_[i]);
            }
            if (count == 1) {
                append(static_cast<std::uint32_t>(32 * word + std::countr_zero(bits_[word])));
                return {false, false, 0};
            }
        }
        auto const found = find_class();
        return repeat_class(found, repeated ? quantifier() : counts{});
    }

    // Where the class in the making is among those of the program; it is added if it is new.
    constexpr std::size_t find_class() {
        if (kinds_ != 0) flags_ |= class_kinds, asks_for_kinds_ = true;
        auto const size = class_fixed_size + (kinds_ != 0 ? 2 : 0) + 2 * ranges_;
        auto* const place = words_ + capacity_ - classes_ - size;
        write_ascii(place);
        place[class_head] = flags_ | static_cast<std::uint32_t>(ranges_) << 8;
        auto next = class_fixed_size;
        if (kinds_ != 0) {
            place[next++] = static_cast<std::uint32_t>(kinds_ & 0xffffffff);
            place[next++] = static_cast<std::uint32_t>(kinds_ >> 32);
        }
        for (std::size_t i = 0; i < 2 * ranges_; ++i) place[next++] = words_[size_ + i];
        for (auto distance = classes_; distance > 0;) {
            auto const* other = words_ + capacity_ - distance;
            std::size_t same = 0;
            while (same < size && other[same] == place[same]) ++same;
            if (same == size) return distance;
            distance -= class_fixed_size + (other[class_head] & class_kinds ? 2 : 0) + 2 * (other[class_head] >> 8);
        }
        return classes_ += size;
    }

    // The bits of the class in the making, one for each character, as they are in a program, and back.
    constexpr void write_ascii(std::uint32_t* place) const {
        std::uint64_t low = 0, high = 0;
        for (unsigned i = 0; i < 4; ++i) {
            std::uint64_t const bits = bits_[i];
            low |= (bits & 0xff) << 16 * i | (bits >> 16 & 0xff) << (16 * i + 8);
            high |= (bits >> 8 & 0xff) << 16 * i | (bits >> 24) << (16 * i + 8);
        }
        low = transpose_bits(low);
        high = transpose_bits(high);
        place[0] = static_cast<std::uint32_t>(low);
        place[1] = static_cast<std::uint32_t>(low >> 32);
        place[2] = static_cast<std::uint32_t>(high);
        place[3] = static_cast<std::uint32_t>(high >> 32);
    }
    constexpr void add_ascii(std::uint32_t const* from) {
        auto const low = transpose_bits(from[0] | std::uint64_t{from[1]} << 32);
        auto const high = transpose_bits(from[2] | std::uint64_t{from[3]} << 32);
        for (unsigned i = 0; i < 4; ++i) {
            bits_[i] |= static_cast<std::uint32_t>((low >> 16 * i & 0xff) | (high >> 16 * i & 0xff) << 8
                                                   | (low >> (16 * i + 8) & 0xff) << 16 | (high >> (16 * i + 8) & 0xff) << 24);
        }
    }

    constexpr part repeat_class(std::size_t which, counts times) {
        literal_ = none;
        if (times.max == 0) return {};
        if (times.min == times.max || !times.possessive) {
            one_or_more(which, times);
        } else if (backward_) {
            throw "parley::pattern: a possessive repetition is not supported in what looks behind";
        } else if (times.max == pattern_unbounded) {
            one_or_more(which, times);
            write(size_ - 3, op_take_all, which);
            not_followed_by(which);
        } else {
            // Either as many as are allowed, or fewer that are not followed by one more.
            if (times.min > 0) one_or_more(which, {times.min, times.min});
            auto const split = size_;
            emit(op_split);
            one_or_more(which, {times.max - times.min, times.max - times.min});
            auto const jump = size_;
            emit(op_jump);
            write(split, op_split, size_ - split);
            if (times.max - times.min > 1) one_or_more(which, {0, times.max - times.min - 1});
            not_followed_by(which);
            write(jump, op_jump, size_ - jump);
        }
        return {times.min == 0, false, 0};
    }

    constexpr void one_or_more(std::size_t which, counts times) {
        if (times.min == 1 && times.max == 1) return emit(backward_ ? op_one_back : op_one, which);
        emit(backward_ ? op_repeat_back : times.min == times.max ? op_take_all : op_repeat, which);
        words_[size_++] = times.min;
        words_[size_++] = times.max;
    }

    constexpr void not_followed_by(std::size_t which) {
        emit(op_look, 3 * 4 + 1);
        emit(op_one, which);
        emit(op_accept);
    }

    // The code between the two is one character of a class.
    constexpr bool is_single(std::size_t begin, std::size_t end) const {
        auto const op = op_of(words_[begin]);
        if (end - begin == 1) return op == op_one || op == op_one_back;
        return end - begin == 3 && (op == op_literal || op == op_literal_back) && argument_of(words_[begin]) == 1;
    }
    constexpr bool is_negated(std::size_t begin) const {
        auto const op = op_of(words_[begin]);
        return (op == op_one || op == op_one_back)
               && (words_[capacity_ - argument_of(words_[begin]) + class_head] & class_negated);
    }
    constexpr void add_single(std::size_t begin) {
        auto const argument = argument_of(words_[begin]);
        if (auto const op = op_of(words_[begin]); op == op_literal || op == op_literal_back) {
            auto const c = words_[begin + 1] >> literal_shift(0) & 0xff;
            return add(c, c);
        }
        auto const* from = words_ + capacity_ - argument;
        add_ascii(from);
        auto const head = from[class_head];
        flags_ |= head & class_flags_mask;
        auto next = class_fixed_size;
        if (head & class_kinds) {
            kinds_ |= from[next] | std::uint64_t{from[next + 1]} << 32;
            next += 2;
        }
        for (std::size_t i = 0; i < (head >> 8); ++i, next += 2) add(from[next], from[next + 1]);
    }

    // Takes back the code from `from` on, but not the class in the making.
    constexpr void drop_code(std::size_t from) {
        for (std::size_t i = 0; i < 2 * ranges_; ++i) words_[from + i] = words_[size_ + i];
        size_ = from;
    }

    // Makes one class of two alternatives that are one each, which begin at `first` and `second`.
    constexpr bool unite(std::size_t first, std::size_t second, std::size_t classes) {
        if (!is_single(first, second) || !is_single(second, size_) || is_negated(first) || is_negated(second)) return false;
        clear_class();
        add_single(first);
        add_single(second);
        drop_code(first);
        classes_ = classes; // what was made for the two, and nothing else uses
        emit(backward_ ? op_one_back : op_one, find_class());
        return true;
    }

    std::string_view text_;
    std::uint32_t* words_;
    std::size_t capacity_;
    std::size_t at_ = 0;         // in the text
    std::size_t size_ = 0;       // of the code
    std::size_t classes_ = 0;    // their size
    std::size_t literal_ = none; // the last instruction, if it is one
    std::size_t depth_ = 0;
    std::uint64_t weight_ = 0; // the elements, as often as groups repeat them
    bool ignore_case_ = false, dot_all_ = false, multiline_ = false, backward_ = false;

    std::uint32_t bits_[4] = {0, 0, 0, 0};
    std::uint64_t kinds_ = 0;
    bool asks_for_kinds_ = false; // any class so far
    std::uint32_t flags_ = 0;
    std::size_t ranges_ = 0;
};

} // namespace parley::detail

#endif
