// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_PATTERN_COMPILER_HPP
#define PARLEY_PATTERN_PATTERN_COMPILER_HPP

#include <parley/pattern/detail/pattern_generator.hpp>
#include <parley/pattern/detail/pattern_lexer.hpp>
#include <parley/pattern/detail/pattern_optimizer.hpp>
#include <parley/pattern/unicode.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// Parses the text of a pattern and generates its code in one pass. Lexer and generator are base classes, not members: the code is
// evaluated at compile time, where forwarding calls are expensive.
class pattern_compiler : private pattern_lexer, private pattern_generator {
public:
    constexpr pattern_compiler(std::string_view text, std::uint32_t* words, std::size_t capacity)
        : pattern_lexer(text), pattern_generator(words, capacity) {}

    constexpr void compile() {
        size_ = 1;
        auto const all = alternatives();
        if (at_ < text_.size()) throw "parley::pattern: unmatched )";
        emit(op_accept);
        pattern_optimizer optimizer(words_, size_, capacity_);
        optimizer.mark_decided();
        words_[0] = (all.anchored ? pattern_is_anchored : 0) | optimizer.straight_flags()
                    | (asks_for_kinds_ ? pattern_asks_for_kinds : 0) | all.counters << pattern_argument_shift;
    }

    constexpr std::size_t code_size() const { return size_; }
    constexpr std::size_t classes_size() const { return classes_; }

private:
    constexpr part alternatives() {
        if (++depth_ > 64) throw "parley::pattern: groups are nested too deeply";
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
                // Until the end is known, each jump to the end holds the distance to the previous jump.
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
            // A look-behind matches from the last element to the first.
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
        case '?': throw "parley::pattern: nothing to repeat";
        case '{': throw "parley::pattern: escape a literal { as \\{";
        case ']': throw "parley::pattern: unmatched ]: escape a literal ] as \\]; nested classes are not supported";
        case '.':
            ++at_;
            clear_class();
            if (!dot_all_) { add('\n', '\n'), add('\r', '\r'), add(0x2028, 0x2029); }
            return class_element(true);
        case '[': return bracket();
        case '\\':
            if (at_ + 1 >= text_.size()) throw "parley::pattern: incomplete escape sequence";
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

    // Repeating an assertion has no effect, unless the minimum is zero, which makes it optional.
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
                if (peek(0) != '>') throw "parley::pattern: the name of a group is not closed";
                ++at_;
            } else {
                if (flags()) return {}; // effective until the end of the enclosing group
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
        if (times.possessive) throw "parley::pattern: possessive repetition of a group is not supported";
        auto const copies = times.max != pattern_unbounded ? times.max : times.min > 1 ? times.min : 1;
        weight_ = weight + (weight_ - weight) * copies;
        if (weight_ > 100'000) throw "parley::pattern: the expression is too large: a group is repeated too often";
        return repeat(from, content, times);
    }

    // Parses the flags of a group such as (?i) or (?i:...). Returns true for the former.
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
                if (peek(end) == ':' && peek(end + 1) == ']') throw "parley::pattern: nested classes are not supported";
            }
            if (c == '\\' && is_shorthand()) {
                add_shorthand();
                continue;
            }
            auto const first = class_character();
            auto last = first;
            // At the end or after a shorthand, - is a literal.
            if (peek(0) == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
                ++at_;
                if (is_shorthand()) throw "parley::pattern: the end of a range is a class";
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
            // A class of one character becomes a literal.
            int word = -1, count = 0;
            for (int i = 0; i < 4; ++i) {
                if (bits_[i] != 0) word = i, count += std::popcount(bits_[i]);
            }
            if (count == 1) {
                append(static_cast<std::uint32_t>(32 * word + std::countr_zero(bits_[word])));
                return {false, false, 0};
            }
        }
        auto const distance = find_class();
        return repeat_class(distance, repeated ? quantifier() : pattern_counts{});
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
            if (end == std::string_view::npos) throw "parley::pattern: incomplete escape sequence";
            name = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end;
        }
        ++at_;
        auto const property = property_named(name);
        if (!property.known) throw "parley::pattern: unknown or unsupported character property";
        constexpr auto all = bit_of(kind_count) - 1;
        auto const kinds = negated ? ~property.kinds & all : property.kinds;
        if (kinds == all) add(0x80, 0x10ffff); // needs no Unicode table
        else kinds_ |= kinds;
        add_bits(property.ascii[0], property.ascii[1], property.ascii[2], property.ascii[3], negated);
    }

    std::size_t depth_ = 0;
    std::uint64_t weight_ = 0; // the number of elements, counting repetitions of groups
    bool ignore_case_ = false, dot_all_ = false, multiline_ = false;
};

} // namespace parley::detail

#endif
