// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_BACKTRACKING_MATCHER_HPP
#define PARLEY_PATTERN_DETAIL_BACKTRACKING_MATCHER_HPP

#include <parley/pattern/detail/pattern_subject.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace parley::inline PARLEY_ABI::detail {

namespace {

inline bool is_literal(char const* at, std::uint32_t const* words, std::size_t size) noexcept {
    return std::memcmp(at, words, size) == 0;
}

// Tries one way after the other, the longest repetition first. Quick for patterns that leave little choice, which is what
// most are; gives up after so many steps that it is clear that this one is none of them.
class backtracking_matcher {
public:
    enum class answer : std::uint8_t { yes, no, unknown };

    backtracking_matcher(pattern_view const& pattern, subject const& text) noexcept
        : pattern_(pattern), code_(pattern.words + 1), header_(pattern.words[0]), text_(text),
          steps_(8 * static_cast<std::ptrdiff_t>(text.size()) + 512) {}

    answer search() {
        if (argument_of(header_) > std::size(counters_)) return answer::unknown;
        if (header_ & pattern_is_anchored) return match_above(0, code_, text_.begin);
        for (auto at = text_.begin;; at = code_point_at(at, text_.end).next) {
            if (op_of(*code_) == op_literal && at != text_.end) {
                auto const first = *reinterpret_cast<char const*>(code_ + 1);
                auto const* const found = std::memchr(at, first, static_cast<std::size_t>(text_.end - at));
                if (!found) return answer::no;
                at = static_cast<char const*>(found);
            }
            auto const found = match(code_, at);
            if (found != answer::no || at == text_.end) return found;
        }
    }

private:
    using word = std::uint32_t;

    // Where to go on.
    struct place {
        word const* code;
        char const* at;
    };

    // What to go back to: another way, from any place from `last` to `first`. Without a way, a counter as it was.
    struct choice {
        word const* code;
        char const *first, *last;
        word which, passed;
    };

    // How often a loop was passed, and where it was entered the last time.
    struct counter {
        word passed;
        char const* entered;
    };

    answer match(word const* code, char const* at) {
        auto const bottom = depth_;
        auto const result = match_above(bottom, code, at);
        depth_ = bottom;
        return result;
    }

    answer match_above(std::size_t const bottom, word const* code, char const* at) {
        for (;;) {
            auto const op = op_of(*code);
            auto const argument = argument_of(*code);
            bool good = true;
            switch (op) {
            case op_accept: return answer::yes;
            case op_literal:
                good = static_cast<std::size_t>(text_.end - at) >= argument && is_literal(at, code + 1, argument);
                if (good) at += argument;
                code += 3;
                break;
            case op_one:
                if (at == text_.end) {
                    good = false;
                } else if (byte_at(at) < 0x80) {
                    good = class_of(argument).has_byte(at++);
                } else {
                    auto const c = code_point_at(at, text_.end);
                    good = class_of(argument).has_above_ascii(c.value);
                    at = c.next;
                }
                ++code;
                break;
            case op_repeat:
            case op_take_all: {
                auto const set = class_of(argument);
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
                if (good && op == op_repeat && count > code[1] && !push_shorter(code, at, next)) return answer::unknown;
                at = next;
                code += 3;
                break;
            }
            case op_split:
                if (!may_begin(code + 1, at)) {
                    code += argument;
                } else {
                    if (leaves_choice(*code) && may_begin(code + argument, at) && !push(code + argument, at))
                        return answer::unknown;
                    ++code;
                }
                break;
            case op_jump: code += argument; break;
            case op_back:
                if (!spend_step()) return answer::unknown;
                if (!may_begin(code - argument, at)) {
                    ++code;
                } else {
                    if (leaves_choice(*code) && may_begin(code + 1, at) && !push(code + 1, at)) return answer::unknown;
                    code -= argument;
                }
                break;
            case op_loop:
                if (!save(bottom, argument)) return answer::unknown;
                counters_[argument] = {0, at};
                if (code[1] == 0 && may_begin(code + code[3], at) && !push(code + code[3], at)) return answer::unknown;
                code += 4;
                break;
            case op_again: {
                auto const* const loop = code - argument;
                auto& now = counters_[argument_of(*loop)];
                if (now.entered == at && now.passed + 1 >= loop[1]) {
                    // Passing it more often than it must be changes nothing.
                    good = now.passed < loop[1];
                    code = loop + loop[3];
                    break;
                }
                if (!spend_step() || !save(bottom, argument_of(*loop))) return answer::unknown;
                now = {now.passed + 1, at};
                if (now.passed >= loop[2]) {
                    code = loop + loop[3];
                    break;
                }
                if (now.passed >= loop[1] && may_begin(loop + loop[3], at) && !push(loop + loop[3], at)) return answer::unknown;
                code = loop + 4;
                break;
            }
            case op_look: {
                auto const found = match(code + 1, at);
                if (found == answer::unknown) return found;
                good = (found == answer::yes) == ((argument & 1) == 0);
                code += argument >> 2;
                break;
            }
            case op_text_begin:
                good = at == text_.begin;
                ++code;
                break;
            case op_text_end:
                good = at == text_.end;
                ++code;
                break;
            case op_literal_back:
                good = static_cast<std::size_t>(at - text_.begin) >= argument && is_literal(at - argument, code + 1, argument);
                if (good) at -= argument;
                code += 3;
                break;
            case op_one_back:
                good = take_back(class_of(argument), at);
                ++code;
                break;
            case op_repeat_back:
                if (code[1] != code[2]) return answer::unknown;
                for (word i = 0; good && i < code[1]; ++i) good = take_back(class_of(argument), at);
                code += 3;
                break;
            default:
                good = text_.holds(op, at);
                ++code;
                break;
            }
            if (good) continue;
            if (!spend_step()) return answer::unknown;
            auto const next = go_back(bottom);
            if (!next.code) return answer::no;
            code = next.code;
            at = next.at;
        }
    }

    // Steps are where code is run again, and what is repeated. False if there are none left.
    bool spend_step() noexcept { return --steps_ > 0; }

    character_class class_of(word distance) const noexcept {
        return character_class(pattern_.words + pattern_.size - distance, pattern_.engine->kind_of);
    }

    // False if the code certainly does not match at `at`. It looks no further than at the next character.
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
    // Goes on from `at`, where there is no ASCII, over characters of the class, `most` at most.
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

    // Keeps in mind that the repetition can end earlier than at `at`.
    bool push_shorter(word const* code, char const* from, char const* at) {
        for (word i = 0; i < code[1]; ++i) from = code_point_at(from, text_.end).next;
        return push({code + 3, from, before(from, at), 0, 0});
    }

    // The place one code point before `at`, which follows `first` by at least one.
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

    // Keeps in mind what a counter is, if there is anything to go back to that could need it.
    bool save(std::size_t bottom, word which) {
        if (depth_ == bottom) return true;
        auto const& last = choices_[depth_ - 1];
        if (!last.code && last.which == which) return true;
        return push({nullptr, counters_[which].entered, nullptr, which, counters_[which].passed});
    }

    // The last choice; without a way if there is none above `bottom`.
    place go_back(std::size_t bottom) noexcept {
        for (; depth_ > bottom; --depth_) {
            auto& last = choices_[depth_ - 1];
            if (!last.code) {
                counters_[last.which] = {last.passed, last.first};
                continue;
            }
            place const next{last.code, last.last};
            if (last.last == last.first) --depth_;
            else last.last = before(last.first, last.last);
            return next;
        }
        return {nullptr, nullptr};
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

} // namespace
} // namespace parley::detail

#endif
