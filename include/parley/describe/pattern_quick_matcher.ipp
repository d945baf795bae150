// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_QUICK_MATCHER_IPP
#define PARLEY_DESCRIBE_PATTERN_QUICK_MATCHER_IPP

#include <parley/describe/pattern_subject.ipp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>

namespace parley::detail {

namespace {

inline bool is_literal(char const* at, std::uint32_t const* words, std::size_t size) noexcept {
    auto const* const literal = reinterpret_cast<char const*>(words);
    auto const load = [](char const* from) {
        std::uint32_t four;
        std::memcpy(&four, from, sizeof four);
        return four;
    };
    if (size >= sizeof(std::uint32_t)) {
        for (std::size_t i = 0; i + sizeof(std::uint32_t) < size; i += sizeof(std::uint32_t)) {
            if (load(at + i) != load(literal + i)) return false;
        }
        auto const last = size - sizeof(std::uint32_t); // overlaps with the one before
        return load(at + last) == load(literal + last);
    }
    for (std::size_t i = 0; i < size; ++i) {
        if (at[i] != literal[i]) return false;
    }
    return true;
}

// How far a pattern was followed.
struct straight_match {
    enum class answer : std::uint8_t { yes, no, open } found = answer::open;
    std::uint32_t const* code = nullptr; // what is next, if the answer is open; null: the begin, anywhere in the text
    char const* at = nullptr;
};

inline character_class class_at(pattern_view const& pattern, std::uint32_t word) noexcept {
    return character_class(pattern.words + pattern.size - argument_of(word));
}

// False if the code certainly does not match at `at`. It looks no further than at the next byte.
[[gnu::always_inline]] inline bool may_begin(pattern_view const& pattern, std::uint32_t const* code, char const* at,
                                             char const* end) noexcept {
    switch (op_of(*code)) {
    case op_literal: return at != end && *at == *reinterpret_cast<char const*>(code + 1);
    case op_repeat:
    case op_take_all:
        if (code[1] == 0) return true;
        [[fallthrough]];
    case op_one: return at != end && (byte_at(at) >= 0x80 || class_at(pattern, *code).has_byte(at));
    case op_text_end: return at == end;
    default: return true;
    }
}

// Whether the text is one of characters of the only class that the pattern asks for; open if that is not all it asks for, or the
// text is not ASCII.
[[gnu::always_inline]] inline straight_match::answer match_one_class(pattern_view const& pattern, std::string_view text,
                                                                     char const* memory) noexcept {
    using answer = straight_match::answer;
    if (!(pattern.words[0] & pattern_is_one_class)) return answer::open;
    auto const* const code = pattern.words + 2;
    auto const* const end = text.data() + text.size();
    auto const* const stop = class_at(pattern, *code).skip(memory, text.data(), end);
    if (stop != end) return byte_at(stop) < 0x80 ? answer::no : answer::open;
    return text.size() >= code[1] && (text.size() <= code[2] || code[2] == pattern_unbounded) ? answer::yes : answer::no;
}

// Follows a pattern that begins with the text the way that is most likely, for as long as no character beyond ASCII comes: where
// the next byte leaves a choice, the first way, and the longest repetition behind which the pattern can go on. For most
// patterns and texts that is all. If it leads nowhere, the answer is open from the first choice on.
inline straight_match match_straight(pattern_view const& pattern, subject const& text) noexcept {
    using answer = straight_match::answer;
    auto const* code = pattern.words + 1;
    if (op_of(*code) != op_text_begin) return {};
    ++code;
    straight_match failed{answer::no};
    auto const choose = [&failed](std::uint32_t const* way, char const* where) {
        if (failed.found == answer::no) failed = {answer::open, way, where};
    };
    auto const* at = text.begin;
    for (;;) {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_accept: return {answer::yes};
        case op_text_end:
            if (at != text.end) return failed;
            ++code;
            break;
        case op_literal:
            if (static_cast<std::size_t>(text.end - at) < argument || !is_literal(at, code + 1, argument)) return failed;
            at += argument;
            code += 1 + (argument + 3) / 4;
            break;
        case op_one:
            if (at == text.end) return failed;
            if (byte_at(at) >= 0x80) return choose(code, at), failed;
            if (!class_at(pattern, *code).has_byte(at)) return failed;
            ++at;
            ++code;
            break;
        case op_take_all:
        case op_repeat: {
            auto const* const most = code[2] < static_cast<std::size_t>(text.end - at) ? at + code[2] : text.end;
            auto const set = class_at(pattern, *code);
            auto const* next = text.printable && set.has_printable() ? most : set.skip(text.memory, at, most);
            if (next != text.end && byte_at(next) >= 0x80) return choose(code, at), failed;
            if (static_cast<std::size_t>(next - at) < code[1]) return failed;
            auto const* const least = at + code[1];
            if (op_of(*code) == op_repeat && next != least) {
                choose(code, at);
                while (next != least && !may_begin(pattern, code + 3, next, text.end)) --next;
            }
            at = next;
            code += 3;
            break;
        }
        case op_jump: code += argument; break;
        case op_split:
        case op_back: { // passes something each time, so that it ends
            bool const back = op_of(*code) == op_back;
            auto const* const other = back ? code - argument : code + argument;
            // A way that is not looked at says itself that it does not match.
            if (!may_begin(pattern, other, at, text.end)) {
                ++code;
            } else if (!may_begin(pattern, code + 1, at, text.end)) {
                code = other;
            } else {
                choose(code, at);
                code = back ? other : code + 1;
            }
            break;
        }
        default: return choose(code, at), failed;
        }
    }
}

// Tries one way after the other, the longest repetition first. Quick for patterns that leave little choice, which is what
// most are; gives up after so many steps that it is clear that this one is none of them.
class quick_matcher {
public:
    enum class answer : std::uint8_t { yes, no, unknown };

    quick_matcher(pattern_view const& pattern, subject const& text) noexcept
        : pattern_(pattern), code_(pattern.words + 1), header_(pattern.words[0]), text_(text),
          steps_(8 * static_cast<std::ptrdiff_t>(text.size()) + 512) {}

    /// Goes on from where `match_straight` stopped, or else searches from the begin of the text.
    answer search(straight_match const& begun) {
        if (argument_of(header_) > std::size(counters_)) return answer::unknown;
        if (begun.code) return match_above(0, begun.code, begun.at);
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
                code += 1 + (argument + 3) / 4;
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
                auto next = set.skip(text_.memory, at, stop);
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
                    if (may_begin(code + argument, at) && !push(code + argument, at)) return answer::unknown;
                    ++code;
                }
                break;
            case op_jump: code += argument; break;
            case op_back:
                if (!spend_step()) return answer::unknown;
                if (!may_begin(code - argument, at)) {
                    ++code;
                } else {
                    if (may_begin(code + 1, at) && !push(code + 1, at)) return answer::unknown;
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
                code += 1 + (argument + 3) / 4;
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

    character_class class_of(word distance) const noexcept { return character_class(pattern_.words + pattern_.size - distance); }

    bool may_begin(word const* code, char const* at) const noexcept { return detail::may_begin(pattern_, code, at, text_.end); }

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
                auto const next = set.skip(text_.memory, at, stop);
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
