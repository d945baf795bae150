// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_PATTERN_GENERATOR_HPP
#define PARLEY_PATTERN_DETAIL_PATTERN_GENERATOR_HPP

#include <parley/pattern/detail/pattern_program.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

// Generates the code and the classes of a pattern.
class pattern_generator {
protected:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    // Properties of a part of the expression.
    struct part {
        bool empty = true;          // it matches without consuming a character
        bool anchored = false;      // it matches only at the start of the text
        std::uint32_t counters = 0; // the nesting depth of counted loops
    };

    constexpr pattern_generator(std::uint32_t* words, std::size_t capacity) : words_(words), capacity_(capacity) {}

    // Code.

    constexpr void emit(pattern_op op, std::size_t argument = 0) {
        words_[size_++] = op | static_cast<std::uint32_t>(argument) << pattern_argument_shift;
    }

    // Inserts `count` words at `at`.
    constexpr void insert(std::size_t at, std::size_t count) {
        for (auto i = size_; i > at; --i) words_[i - 1 + count] = words_[i - 1];
        size_ += count;
    }

    constexpr void write(std::size_t at, pattern_op op, std::size_t argument) {
        words_[at] = op | static_cast<std::uint32_t>(argument) << pattern_argument_shift;
    }

    // Moves the code from `from` on to `begin`.
    constexpr void move_to_front(std::size_t begin, std::size_t from) {
        auto const count = size_ - from;
        insert(begin, count);
        size_ -= count;
        for (std::size_t i = 0; i < count; ++i) words_[begin + i] = words_[from + count + i];
    }

    // Appends a character to the current literal, or to a new one.
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
            auto const more = 6 * static_cast<unsigned>(size - 1); // the bits after those of the first byte
            append_byte((0xf00U >> size & 0xff) | c >> more);
            for (auto shift = more; shift > 0; shift -= 6) append_byte(0x80 | (c >> (shift - 6) & 0x3f));
        }
        // Inside of a look-behind, each character is a literal of its own, so that elements can be reordered.
        if (backward_) literal_ = none;
    }

    constexpr void append_byte(std::uint32_t byte) {
        auto const index = argument_of(words_[literal_]);
        words_[literal_ + 1 + index / 4] |= byte << literal_shift(index);
        words_[literal_] += 1 << pattern_argument_shift;
    }

    // Repeats the code from `from` on.
    constexpr part repeat(std::size_t from, part content, pattern_counts times) {
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

    // Classes. One class at a time is under construction; its ranges are stored where the next instruction will be.

    constexpr void clear_class() {
        bits_[0] = bits_[1] = bits_[2] = bits_[3] = 0;
        kinds_ = 0;
        flags_ = 0;
        ranges_ = 0;
    }

    constexpr void add(std::uint32_t first, std::uint32_t last) {
        if (first > last) throw "parley::pattern: the bounds of a range are in the wrong order";
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

    constexpr void add_bits(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, bool negated) {
        auto const all = negated ? ~std::uint32_t{0} : 0;
        bits_[0] |= a ^ all;
        bits_[1] |= b ^ all;
        bits_[2] |= c ^ all;
        bits_[3] |= d ^ all;
    }

    // Returns the distance of the class under construction from the end of the program. Adds it if it is new.
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

    // Convert the ASCII bits of the class under construction to their layout in a program, and back.
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

    constexpr part repeat_class(std::size_t set, pattern_counts times) {
        literal_ = none;
        if (times.max == 0) return {};
        if (times.min == times.max || !times.possessive) {
            one_or_more(set, times);
        } else if (backward_) {
            throw "parley::pattern: possessive repetition in a look-behind is not supported";
        } else if (times.max == pattern_unbounded) {
            one_or_more(set, times);
            write(size_ - 3, op_take_all, set);
            not_followed_by(set);
        } else {
            // Either the maximum, or fewer that are not followed by another one.
            if (times.min > 0) one_or_more(set, {times.min, times.min});
            auto const split = size_;
            emit(op_split);
            one_or_more(set, {times.max - times.min, times.max - times.min});
            auto const jump = size_;
            emit(op_jump);
            write(split, op_split, size_ - split);
            if (times.max - times.min > 1) one_or_more(set, {0, times.max - times.min - 1});
            not_followed_by(set);
            write(jump, op_jump, size_ - jump);
        }
        return {times.min == 0, false, 0};
    }

    constexpr void one_or_more(std::size_t set, pattern_counts times) {
        if (times.min == 1 && times.max == 1) return emit(backward_ ? op_one_back : op_one, set);
        emit(backward_ ? op_repeat_back : times.min == times.max ? op_take_all : op_repeat, set);
        words_[size_++] = times.min;
        words_[size_++] = times.max;
    }

    constexpr void not_followed_by(std::size_t set) {
        emit(op_look, 3 * 4 + 1);
        emit(op_one, set);
        emit(op_accept);
    }

    // Whether the code from `begin` to `end` matches a single character.
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

    // Removes the code from `from` on. Keeps the class under construction.
    constexpr void drop_code(std::size_t from) {
        for (std::size_t i = 0; i < 2 * ranges_; ++i) words_[from + i] = words_[size_ + i];
        size_ = from;
    }

    // Merges two alternatives that match single characters into a class. Returns false if they do not.
    constexpr bool unite(std::size_t first, std::size_t second, std::size_t classes) {
        if (!is_single(first, second) || !is_single(second, size_) || is_negated(first) || is_negated(second)) return false;
        clear_class();
        add_single(first);
        add_single(second);
        drop_code(first);
        classes_ = classes; // removes the classes of the two alternatives
        emit(backward_ ? op_one_back : op_one, find_class());
        return true;
    }

    std::uint32_t* words_;
    std::size_t capacity_;
    std::size_t size_ = 0;       // of the code
    std::size_t classes_ = 0;    // their total size
    std::size_t literal_ = none; // the last instruction, if it is a literal
    bool backward_ = false;      // inside of a look-behind

    // The class under construction.
    std::uint32_t bits_[4] = {0, 0, 0, 0};
    std::uint64_t kinds_ = 0;
    bool asks_for_kinds_ = false; // whether any class so far has kinds
    std::uint32_t flags_ = 0;
    std::size_t ranges_ = 0;
};

} // namespace parley::detail

#endif
