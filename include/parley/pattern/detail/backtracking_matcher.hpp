// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_BACKTRACKING_MATCHER_HPP
#define PARLEY_PATTERN_DETAIL_BACKTRACKING_MATCHER_HPP

#include <parley/pattern/detail/pattern_subject.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace parley::inline PARLEY_ABI::detail::patterns {

static inline bool is_literal(char const* at, std::uint32_t const* words, std::size_t size) noexcept {
    return std::memcmp(at, words, size) == 0;
}

// Tries the alternatives one after the other, the longest repetition first. Fast for patterns with few choices, which most are. Gives
// up after a limited number of steps; then the caller uses nfa_matcher.
class backtracking_matcher {
public:
    enum class search_result : std::uint8_t { yes, no, unknown };

    backtracking_matcher(pattern_view const& pattern, subject const& text) noexcept
        : pattern_(pattern), code_(pattern.words + 1), header_(pattern.words[0]), text_(text),
          steps_(8 * static_cast<std::ptrdiff_t>(text.size()) + 512) {}

    search_result search() {
        if (argument_of(header_) > std::size(counters_)) return search_result::unknown;
        if (header_ & pattern_is_anchored) return match_above(0, code_, text_.begin);
        for (auto at = text_.begin;; at = code_point_at(at, text_.end).next) {
            if (op_of(*code_) == op_literal && at != text_.end) {
                auto const first = *reinterpret_cast<char const*>(code_ + 1);
                auto const* const found = std::memchr(at, first, static_cast<std::size_t>(text_.end - at));
                if (!found) return search_result::no;
                at = static_cast<char const*>(found);
            }
            auto const result = match(code_, at);
            if (result != search_result::no || at == text_.end) return result;
        }
    }

private:
    using word = std::uint32_t;

    // A choice to return to: alternative code, from each position from `last` down to `first`. If `code` is null, the saved value of
    // the counter `which`.
    struct choice {
        word const* code;
        char const *first, *last;
        word which, passed;
    };

    // The number of iterations of a loop, and the position of the last one.
    struct counter {
        word passed;
        char const* entered;
    };

    search_result match(word const* code, char const* at) {
        auto const bottom = depth_;
        auto const result = match_above(bottom, code, at);
        depth_ = bottom;
        return result;
    }

    // Matches `code` at `at`. Returns only to choices above `bottom`.
    search_result match_above(std::size_t const bottom, word const* code, char const* at) {
        for (;;) {
            auto const argument = argument_of(*code);
            bool good = true;
            switch (auto const op = op_of(*code)) {
            case op_accept: return search_result::yes;
            case op_literal:
                good = static_cast<std::size_t>(text_.end - at) >= argument && is_literal(at, code + 1, argument);
                if (good) at += argument;
                code += 3;
                break;
            case op_one:
                good = match_one(class_of(argument), at);
                ++code;
                break;
            case op_repeat:
            case op_take_all:
                if (!match_repetition(code, at, good)) return search_result::unknown;
                break;
            case op_split:
                if (!choose(code, code + 1, code + argument, at)) return search_result::unknown;
                break;
            case op_jump: code += argument; break;
            case op_back:
                if (!(spend_step() && choose(code, code - argument, code + 1, at))) return search_result::unknown;
                break;
            case op_loop:
                if (!enter_loop(bottom, code, at)) return search_result::unknown;
                break;
            case op_again:
                if (!end_iteration(bottom, code, at, good)) return search_result::unknown;
                break;
            case op_look: {
                auto const result = match(code + 1, at);
                if (result == search_result::unknown) return result;
                good = (result == search_result::yes) == ((argument & 1) == 0);
                code += argument >> 2;
                break;
            }
            case op_text_end:
                good = at == text_.end;
                ++code;
                break;
            case op_literal_back:
            case op_one_back:
            case op_repeat_back:
                if (!match_backwards(code, at, good)) return search_result::unknown;
                break;
            default:
                good = text_.holds(op, at);
                ++code;
                break;
            }
            if (good) continue;
            if (!spend_step()) return search_result::unknown;
            if (!go_back(bottom, code, at)) return search_result::no;
        }
    }

    // The parts of match_above for single instructions. They advance `code` and `at`. Those with a parameter `good` set it to false if
    // the instruction does not match, and return false if a limit is exceeded. Inlined to keep the state in registers.

    [[gnu::always_inline]] bool match_one(character_class const set, char const*& at) const noexcept {
        if (at == text_.end) return false;
        if (byte_at(at) < 0x80) return set.has_byte(at++);
        auto const c = code_point_at(at, text_.end);
        at = c.next;
        return set.has_above_ascii(c.value);
    }

    [[gnu::always_inline]] bool match_repetition(word const*& code, char const*& at, bool& good) {
        auto const set = class_of(argument_of(*code));
        auto const most = code[2] == pattern_unbounded ? static_cast<std::size_t>(-1) : code[2];
        auto const stop = static_cast<std::size_t>(text_.end - at) > most ? at + most : text_.end;
        auto next = set.skip(at, stop);
        auto count = static_cast<std::size_t>(next - at);
        if (next != stop && byte_at(next) >= 0x80) {
            auto const more = repeat(set, next, most - count);
            next = more.at;
            count += more.count;
        }
        steps_ -= static_cast<std::ptrdiff_t>(count / 8);
        good = count >= code[1];
        if (good && op_of(*code) == op_repeat && count > code[1] && !push_shorter(code, at, next)) return false;
        at = next;
        code += 3;
        return true;
    }

    // Continues with `first` or `second`. Saves the other one if both may match. Returns false if there are too many choices.
    [[gnu::always_inline]] bool choose(word const*& code, word const* first, word const* second, char const* at) {
        if (!may_begin(first, at)) {
            code = second;
        } else {
            if (leaves_choice(*code) && may_begin(second, at) && !push(second, at)) return false;
            code = first;
        }
        return true;
    }

    [[gnu::always_inline]] bool enter_loop(std::size_t bottom, word const*& code, char const* at) {
        auto const number = argument_of(*code);
        if (!save(bottom, number)) return false;
        counters_[number] = {0, at};
        if (code[1] == 0 && may_begin(code + code[3], at) && !push(code + code[3], at)) return false;
        code += 4;
        return true;
    }

    [[gnu::always_inline]] bool end_iteration(std::size_t bottom, word const*& code, char const* at, bool& good) {
        auto const* const loop = code - argument_of(*code);
        auto& now = counters_[argument_of(*loop)];
        auto const* const exit = loop + loop[3];
        if (now.entered == at && now.passed + 1 >= loop[1]) {
            // An empty iteration beyond the minimum changes nothing.
            good = now.passed < loop[1];
            code = exit;
            return true;
        }
        if (!spend_step() || !save(bottom, argument_of(*loop))) return false;
        now = {now.passed + 1, at};
        if (now.passed >= loop[2]) {
            code = exit;
            return true;
        }
        if (now.passed >= loop[1] && may_begin(exit, at) && !push(exit, at)) return false;
        code = loop + 4;
        return true;
    }

    [[gnu::always_inline]] bool match_backwards(word const*& code, char const*& at, bool& good) const noexcept {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal_back:
            good = static_cast<std::size_t>(at - text_.begin) >= argument && is_literal(at - argument, code + 1, argument);
            if (good) at -= argument;
            code += 3;
            return true;
        case op_one_back:
            good = take_back(class_of(argument), at);
            ++code;
            return true;
        default:
            if (code[1] != code[2]) return false;
            for (word i = 0; good && i < code[1]; ++i) good = take_back(class_of(argument), at);
            code += 3;
            return true;
        }
    }

    // Counts a step: a loop iteration or a return to a choice. Returns false if the limit is reached.
    bool spend_step() noexcept { return --steps_ > 0; }

    character_class class_of(word distance) const noexcept {
        return character_class(pattern_.words + pattern_.size - distance, pattern_.engine->kind_of);
    }

    // Returns false if the next character shows that the code does not match at `at`.
    bool may_begin(word const* code, char const* at) const noexcept {
        switch (op_of(*code)) {
        case op_literal: return at != text_.end && *at == *reinterpret_cast<char const*>(code + 1);
        case op_repeat:
        case op_take_all:
            if (code[1] == 0) return true;
            [[fallthrough]];
        case op_one: return at != text_.end && class_of(argument_of(*code)).may_have(at);
        case op_text_end: return at == text_.end;
        default: return true;
        }
    }

    static bool leaves_choice(word code) noexcept { return !(code & pattern_is_decided); }

    struct repetition {
        char const* at;
        std::size_t count;
    };
    // Consumes at most `most` characters of the class from `at`, which is not an ASCII character.
    repetition repeat(character_class const set, char const* at, std::size_t most) const noexcept {
        std::size_t count = 0;
        while (count != most && at != text_.end) {
            if (byte_at(at) >= 0x80) {
                auto const c = code_point_at(at, text_.end);
                if (!set.has_above_ascii(c.value)) break;
                at = c.next;
                ++count;
            } else {
                auto const stop = static_cast<std::size_t>(text_.end - at) > most - count ? at + (most - count) : text_.end;
                auto const next = set.skip(at, stop);
                if (next == at) break;
                count += static_cast<std::size_t>(next - at);
                at = next;
            }
        }
        return {at, count};
    }

    bool take_back(character_class const set, char const*& at) const noexcept {
        if (at == text_.begin) return false;
        auto const c = code_point_before(text_.begin, at);
        at = c.next;
        return set.has(c.value);
    }

    // Saves the choices of ending the repetition before `at`.
    bool push_shorter(word const* code, char const* from, char const* at) {
        for (word i = 0; i < code[1]; ++i) from = code_point_at(from, text_.end).next;
        return push({code + 3, from, before(from, at), 0, 0});
    }

    // Returns the position one code point before `at`, which must be after `first`.
    static char const* before(char const* first, char const* at) noexcept {
        do --at;
        while (at > first && continues(at));
        return at;
    }

    bool push(word const* code, char const* at) { return push({code, at, at, 0, 0}); }
    bool push(choice const& c) {
        if (depth_ == std::size(choices_)) return false;
        choices_[depth_++] = c;
        return true;
    }

    // Saves a counter if there is a choice to return to.
    bool save(std::size_t bottom, word which) {
        if (depth_ == bottom) return true;
        auto const& last = choices_[depth_ - 1];
        if (!last.code && last.which == which) return true;
        return push({nullptr, counters_[which].entered, nullptr, which, counters_[which].passed});
    }

    // Returns to the last choice. Returns false if there is none above `bottom`.
    bool go_back(std::size_t bottom, word const*& code, char const*& at) noexcept {
        for (; depth_ > bottom; --depth_) {
            auto& last = choices_[depth_ - 1];
            if (!last.code) {
                counters_[last.which] = {last.passed, last.first};
                continue;
            }
            code = last.code;
            at = last.last;
            if (last.last == last.first) --depth_;
            else last.last = before(last.first, last.last);
            return true;
        }
        return false;
    }

    pattern_view const pattern_;
    word const* const code_;
    word const header_;
    subject const text_;
    std::ptrdiff_t steps_;
    counter counters_[8];
    choice choices_[64];
    std::size_t depth_ = 0;
};

} // namespace parley::detail::patterns

#endif
