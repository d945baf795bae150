// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#include <parley/describe/pattern.hpp>

#include <parley/describe/unicode.ipp>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <vector>

namespace parley {

namespace {

using namespace detail;

constexpr std::uint32_t no_code_point = 0xffffffff;

unsigned char byte_at(char const* at) noexcept { return static_cast<unsigned char>(*at); }
bool continues(char const* at) noexcept { return (byte_at(at) & 0xc0) == 0x80; }

// The code point at `at`, which moves behind it; `no_code_point` for a byte that begins none.
std::uint32_t take_code_point(char const*& at, char const* end) noexcept {
    auto const lead = byte_at(at++);
    if (lead < 0x80) return lead;
    int const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xc2 && lead < 0xe0 ? 1 : 0;
    if (more == 0 || more > end - at) return no_code_point;
    std::uint32_t value = lead & (0x3fU >> more);
    for (int k = 0; k < more; ++k) {
        if (!continues(at + k)) return no_code_point;
        value = value << 6 | (byte_at(at + k) & 0x3fU);
    }
    bool const overlong = (more == 2 && value < 0x800) || (more == 3 && value < 0x10000);
    if (overlong || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return no_code_point;
    at += more;
    return value;
}

// The code point before `at`, which moves before it. What is one forwards is one backwards.
std::uint32_t take_code_point_back(char const* begin, char const*& at) noexcept {
    auto const end = at;
    auto lead = end - 1;
    while (lead > begin && end - lead < 4 && continues(lead)) --lead;
    auto next = lead;
    auto const value = take_code_point(next, end);
    at = next == end ? lead : end - 1;
    return next == end ? value : no_code_point;
}

// A class of a program.
class character_class {
public:
    character_class(pattern_view const& pattern, std::size_t distance) noexcept
        : words_(pattern.words + pattern.size - distance) {}

    // For bytes: false for those that are not ASCII.
    bool has_byte(unsigned char byte) const noexcept { return words_[class_bits + byte / 32] >> byte % 32 & 1; }

    bool has(std::uint32_t c) const noexcept { return c < 0x80 ? has_byte(static_cast<unsigned char>(c)) : has_above_ascii(c); }

    bool has_above_ascii(std::uint32_t c) const noexcept {
        auto const flags = words_[0];
        if (flags == 0 || c == no_code_point) return false;
        return is_listed(c) != ((flags & class_negated) != 0);
    }

private:
    bool is_listed(std::uint32_t c) const noexcept {
        auto const flags = words_[0];
        auto const* next = words_ + class_fixed_size;
        auto const* ranges = flags & class_kinds ? next + 2 : next;
        for (auto const* const end = ranges + 2 * (flags >> 8); ranges != end; ranges += 2) {
            if (c >= ranges[0] && c <= ranges[1]) return true;
        }
        if (flags & (class_space | class_not_space) && (flags & (is_space(c) ? class_space : class_not_space))) return true;
        if (!(flags & class_kinds)) return false;
        auto const kinds = next[0] | std::uint64_t{next[1]} << 32;
        return kinds >> kind_of(c) & 1;
    }

    // WhiteSpace and LineTerminator of ECMA 262, above ASCII.
    static bool is_space(std::uint32_t c) noexcept {
        return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
            || c == 0x3000 || c == 0xfeff;
    }

    std::uint32_t const* words_;
};

// A text and the places in it at which assertions hold.
struct subject {
    char const *begin, *end;

    bool is_line_begin(char const* at) const noexcept {
        if (at == begin) return true;
        auto const c = take_code_point_back(begin, at);
        return is_line_terminator(c);
    }
    bool is_line_end(char const* at) const noexcept { return at == end || is_line_terminator(take_code_point(at, end)); }
    bool is_boundary(char const* at) const noexcept {
        return (at != begin && is_word(byte_at(at - 1))) != (at != end && is_word(byte_at(at)));
    }
    bool holds(pattern_op assertion, char const* at) const noexcept {
        switch (assertion) {
        case op_text_begin: return at == begin;
        case op_text_end: return at == end;
        case op_line_begin: return is_line_begin(at);
        case op_line_end: return is_line_end(at);
        case op_boundary: return is_boundary(at);
        default: return !is_boundary(at);
        }
    }

private:
    static bool is_line_terminator(std::uint32_t c) noexcept { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }
    static bool is_word(unsigned char c) noexcept {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
};

// Tries one way after the other, the longest repetition first. Quick for patterns that leave little choice, which is what
// most are; gives up after so many steps that it is clear that this one is none of them.
class quick_matcher {
public:
    enum class answer : std::uint8_t { yes, no, unknown };

    quick_matcher(pattern_view const& pattern, subject const& text) noexcept
        : pattern_(pattern), text_(text), steps_(8 * static_cast<std::size_t>(text.end - text.begin) + 512) {}

    answer search() {
        auto const header = pattern_.words[0];
        auto const* const code = pattern_.words + 1;
        if (argument_of(header) > std::size(counters_)) return answer::unknown;
        if (header & pattern_is_anchored) return match(code, text_.begin);
        for (auto at = text_.begin;; take_code_point(at, text_.end)) {
            if (op_of(*code) == op_literal && at != text_.end) {
                auto const* const found = std::memchr(at, *reinterpret_cast<char const*>(code + 1), static_cast<std::size_t>(text_.end - at));
                if (!found) return answer::no;
                at = static_cast<char const*>(found);
            }
            auto const found = match(code, at);
            if (found != answer::no || at == text_.end) return found;
        }
    }

private:
    using word = std::uint32_t;

    // How often a loop was passed, and where it was entered the last time.
    struct counter {
        word passed;
        char const* entered;
    };

    // What to go back to: another way, from any place from `last` to `first`. Without a way, a counter as it was.
    struct choice {
        word const* code;
        char const *first, *last;
        word which, passed;
    };

    answer match(word const* code, char const* at) {
        auto const bottom = depth_;
        auto const result = match_above(bottom, code, at);
        depth_ = bottom;
        return result;
    }

    answer match_above(std::size_t bottom, word const* code, char const* at) {
        auto const end = text_.end;
        for (;;) {
            if (steps_ == 0) return answer::unknown;
            --steps_;
            auto const instruction = *code;
            auto const argument = argument_of(instruction);
            bool good = true;
            switch (op_of(instruction)) {
            case op_accept: return answer::yes;
            case op_literal:
                good = static_cast<std::size_t>(end - at) >= argument && is_equal(at, code + 1, argument);
                at += argument;
                code += 1 + (argument + 3) / 4;
                break;
            case op_one:
                if (at == end) good = false;
                else if (byte_at(at) < 0x80) good = class_of(argument).has_byte(byte_at(at)), ++at;
                else good = class_of(argument).has_above_ascii(take_code_point(at, end));
                ++code;
                break;
            case op_repeat: {
                auto const from = at;
                auto const count = repeat(code, at);
                good = count >= code[1];
                if (good && count > code[1] && !push_shorter(code, from, at)) return answer::unknown;
                code += 3;
                break;
            }
            case op_take_all:
                good = repeat(code, at) >= code[1];
                code += 3;
                break;
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
                auto const which = argument_of(*loop);
                auto& now = counters_[which];
                if (now.entered == at && now.passed + 1 >= loop[1]) {
                    // Passing it more often than it must be changes nothing.
                    good = now.passed < loop[1];
                    code = loop + loop[3];
                    break;
                }
                if (!save(bottom, which)) return answer::unknown;
                ++now.passed;
                now.entered = at;
                if (now.passed >= loop[2]) {
                    code = loop + loop[3];
                } else {
                    if (now.passed >= loop[1] && may_begin(loop + loop[3], at) && !push(loop + loop[3], at)) return answer::unknown;
                    code = loop + 4;
                }
                break;
            }
            case op_look: {
                auto const found = match(code + 1, at);
                if (found == answer::unknown) return found;
                good = (found == answer::yes) == ((argument & 1) == 0);
                code += argument >> 2;
                break;
            }
            case op_literal_back:
                good = static_cast<std::size_t>(at - text_.begin) >= argument && is_equal(at - argument, code + 1, argument);
                at -= argument;
                code += 1 + (argument + 3) / 4;
                break;
            case op_one_back:
                good = at != text_.begin && class_of(argument).has(take_code_point_back(text_.begin, at));
                ++code;
                break;
            case op_repeat_back: {
                if (code[1] != code[2]) return answer::unknown;
                auto const set = class_of(argument);
                for (word i = 0; good && i < code[1]; ++i) good = at != text_.begin && set.has(take_code_point_back(text_.begin, at));
                code += 3;
                break;
            }
            default:
                good = text_.holds(op_of(instruction), at);
                ++code;
                break;
            }
            if (!good && !go_back(bottom, code, at)) return answer::no;
        }
    }

    character_class class_of(word distance) const noexcept { return {pattern_, distance}; }

    static bool is_equal(char const* at, word const* literal, std::size_t size) noexcept {
        for (; size >= sizeof(word); size -= sizeof(word), at += sizeof(word), ++literal) {
            word four;
            std::memcpy(&four, at, sizeof four);
            if (four != *literal) return false;
        }
        auto const* rest = reinterpret_cast<char const*>(literal);
        for (std::size_t i = 0; i < size; ++i) {
            if (at[i] != rest[i]) return false;
        }
        return true;
    }

    // False if the code certainly does not match here. It looks no further than at the next byte.
    bool may_begin(word const* code, char const* at) const noexcept {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal: return at != text_.end && *at == *reinterpret_cast<char const*>(code + 1);
        case op_repeat:
        case op_take_all:
            if (code[1] == 0) return true;
            [[fallthrough]];
        case op_one: return at != text_.end && (byte_at(at) >= 0x80 || class_of(argument).has_byte(byte_at(at)));
        case op_text_end: return at == text_.end;
        default: return true;
        }
    }

    // Goes on from `at` as often as the repetition may; how often that is.
    std::size_t repeat(word const* code, char const*& at) noexcept {
        auto const set = class_of(argument_of(*code));
        auto const max = code[2] == pattern_unbounded ? static_cast<std::size_t>(-1) : code[2];
        std::size_t count = 0;
        for (;;) {
            auto const from = at;
            auto const stop = at + std::min(static_cast<std::size_t>(text_.end - at), max - count);
            while (at != stop && set.has_byte(byte_at(at))) ++at;
            count += static_cast<std::size_t>(at - from);
            if (at == stop || byte_at(at) < 0x80) break;
            auto next = at;
            if (!set.has_above_ascii(take_code_point(next, text_.end))) break;
            at = next;
            ++count;
        }
        auto const cost = count / 8;
        steps_ = steps_ > cost ? steps_ - cost : 0;
        return count;
    }

    // Keeps in mind that the repetition can end earlier than at `at`.
    bool push_shorter(word const* code, char const* from, char const* at) {
        auto shortest = from;
        for (word i = 0; i < code[1]; ++i) take_code_point(shortest, text_.end);
        return push({code + 3, shortest, before(shortest, at), 0, 0});
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

    bool go_back(std::size_t bottom, word const*& code, char const*& at) {
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

    pattern_view const& pattern_;
    subject const& text_;
    std::size_t steps_;
    counter counters_[8];
    choice choices_[64];
    std::size_t depth_ = 0;
};

// A pattern as states, each with those that can follow it. A group that is repeated is there as often as it can occur.
class pattern_graph {
public:
    using word = std::uint32_t;
    static constexpr std::uint32_t none = 0xffffffff;

    struct state {
        pattern_op what;
        word reference = 0;    // the class, the character, or the number of what is looked for and whether it must not be there
        word min = 1, max = 1; // of a class
        std::uint32_t next = none, other = none;
    };

    // From `begin` to the end of the program, or of what is looked for. The latter in it are listed, not part of it.
    explicit pattern_graph(word const* begin) {
        auto end = begin;
        while (op_of(*end) != op_accept) end += size_of(end);
        add(begin, end);
        states_.push_back({op_accept});
    }

    std::vector<state> const& states() const noexcept { return states_; }
    std::vector<word const*> const& looks() const noexcept { return looks_; }

private:
    static std::size_t size_of(word const* code) noexcept {
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal:
        case op_literal_back: return 1 + (argument + 3) / 4;
        case op_repeat:
        case op_take_all:
        case op_repeat_back: return 3;
        case op_loop: return code[3];
        case op_look: return argument >> 2;
        default: return 1;
        }
    }

    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(states_.size()); }
    std::uint32_t push(state const& s) {
        states_.push_back(s);
        states_.back().next = size();
        return size() - 1;
    }

    // Adds the code from `begin` to `end`; what follows it follows.
    void add(word const* const begin, word const* const end) {
        std::vector<std::uint32_t> places(static_cast<std::size_t>(end - begin) + 1);
        struct reference {
            std::uint32_t from;
            std::uint32_t state::*way;
            std::ptrdiff_t to;
        };
        std::vector<reference> references;
        for (auto code = begin; code != end; code += size_of(code)) {
            places[static_cast<std::size_t>(code - begin)] = size();
            auto const argument = argument_of(*code);
            switch (auto const op = op_of(*code)) {
            case op_literal:
            case op_literal_back: add_literal(code); break;
            case op_one:
            case op_one_back: push({op_one, argument}); break;
            case op_repeat:
            case op_take_all:
            case op_repeat_back: push({op_repeat, argument, code[1], code[2]}); break;
            case op_split: references.push_back({push({op}), &state::other, code + argument - begin}); break;
            case op_back: references.push_back({push({op}), &state::other, code - argument - begin}); break;
            case op_jump: references.push_back({push({op}), &state::next, code + argument - begin}); break;
            case op_loop: add_loop(code); break;
            case op_look: push({op, look_number(code) << 1 | (argument & 1)}); break;
            default: push({op}); break;
            }
        }
        places.back() = size();
        for (auto const& r : references) states_[r.from].*r.way = places[static_cast<std::size_t>(r.to)];
    }

    void add_literal(word const* code) {
        auto const* at = reinterpret_cast<char const*>(code + 1);
        for (auto const* const end = at + argument_of(*code); at != end;) push({op_literal, take_code_point(at, end)});
    }

    void add_loop(word const* code) {
        auto const *begin = code + 4, *end = code + code[3] - 1;
        for (word i = 0; i < code[1]; ++i) add(begin, end);
        if (code[2] == pattern_unbounded) {
            auto const split = push({op_split});
            add(begin, end);
            states_[push({op_jump})].next = split;
            states_[split].other = size();
            return;
        }
        std::vector<std::uint32_t> splits;
        for (word i = code[1]; i < code[2]; ++i) {
            splits.push_back(push({op_split}));
            add(begin, end);
        }
        for (auto const split : splits) states_[split].other = size();
    }

    word look_number(word const* code) {
        auto const number = static_cast<word>(std::find(looks_.begin(), looks_.end(), code) - looks_.begin());
        if (number == looks_.size()) looks_.push_back(code);
        return number;
    }

    std::vector<state> states_;
    std::vector<word const*> looks_;
};

// Keeps the set of all states from which a match can be completed. It goes through the text from where matches end to where
// they begin, so that one pass says for each place whether one begins there; what looks ahead or behind is just that.
class set_matcher {
public:
    using word = std::uint32_t;

    // `behind`: a match goes from where it begins towards the begin of the text.
    set_matcher(pattern_view const& pattern, subject const& text, word const* code, bool behind)
        : pattern_(pattern), text_(text), behind_(behind), graph_(code), before_(graph_.states().size() + 1),
          reached_at_(graph_.states().size(), never), waiting_at_(graph_.states().size(), never), loops_(graph_.states().size()) {
        for (auto const* look : graph_.looks()) {
            looks_.emplace_back(static_cast<std::size_t>(text.end - text.begin) + 1);
            auto& places = looks_.back();
            set_matcher(pattern, text, look + 1, (argument_of(*look) & 2) != 0).run([&](char const* at) {
                places[static_cast<std::size_t>(at - text.begin)] = true;
                return false;
            });
        }
        list_before();
    }

    // Calls `found` for each place at which a match begins, until it returns true. True if it did.
    template <class Found>
    bool run(Found const& found) {
        auto at = behind_ ? text_.begin : text_.end;
        auto const last = behind_ ? text_.end : text_.begin;
        for (;;) {
            go_back_from_end(at);
            if (reached_at_[0] == position_ && found(at)) return true;
            if (at == last) return false;
            pass(behind_ ? take_code_point(at, text_.end) : take_code_point_back(text_.begin, at));
        }
    }

private:
    static constexpr std::size_t never = static_cast<std::size_t>(-1);
    using state = pattern_graph::state;

    // Where a repetition can end: runs of positions one after the other. How often it was passed since is the difference to the
    // position now.
    struct run_of_positions {
        std::size_t first, last;
    };
    struct loop {
        std::vector<run_of_positions> ends;
        std::size_t oldest = 0;

        bool empty() const { return oldest == ends.size(); }
        void clear() { ends.clear(), oldest = 0; }
    };

    // The states before each, one list after the other.
    void list_before() {
        auto const& states = graph_.states();
        for (auto const& s : states) {
            for (auto const to : {s.next, s.other}) {
                if (to != pattern_graph::none) ++before_[to + 1];
            }
        }
        for (std::size_t i = 1; i < before_.size(); ++i) before_[i] += before_[i - 1];
        sources_.resize(before_.back());
        auto next = before_;
        for (std::uint32_t from = 0; from < states.size(); ++from) {
            for (auto const to : {states[from].next, states[from].other}) {
                if (to != pattern_graph::none) sources_[next[to]++] = from;
            }
        }
    }

    // From all states that were reached here, and from the end, since a match can end anywhere.
    void go_back_from_end(char const* at) {
        waiting_.clear();
        reach(graph_.states().size() - 1);
        while (!reached_.empty()) {
            auto const to = reached_.back();
            reached_.pop_back();
            for (auto i = before_[to]; i < before_[to + 1]; ++i) go_back(sources_[i], at);
        }
        // Repetitions that go on, though nothing that follows them was reached here.
        for (auto const which : going_on_) wait(which);
        going_on_.clear();
    }

    void go_back(std::uint32_t which, char const* at) {
        auto const& s = graph_.states()[which];
        switch (s.what) {
        case op_literal:
        case op_one: wait(which); break;
        case op_repeat:
            wait(which);
            end_here(loops_[which], s);
            if (s.min == 0) reach(which);
            break;
        case op_split:
        case op_back:
        case op_jump: reach(which); break;
        case op_look: {
            bool const found = looks_[s.reference >> 1][static_cast<std::size_t>(at - text_.begin)];
            if (found == ((s.reference & 1) == 0)) reach(which);
            break;
        }
        default:
            if (text_.holds(s.what, at)) reach(which);
            break;
        }
    }

    void reach(std::size_t which) {
        if (reached_at_[which] == position_) return;
        reached_at_[which] = position_;
        reached_.push_back(static_cast<std::uint32_t>(which));
    }
    void wait(std::uint32_t which) {
        if (waiting_at_[which] == position_) return;
        waiting_at_[which] = position_;
        waiting_.push_back(which);
    }
    void end_here(loop& l, state const& s) const {
        if (l.empty()) l.ends.push_back({position_, position_});
        else if (s.max == pattern_unbounded) return; // the first is passed most often
        else if (l.ends.back().last + 1 == position_) l.ends.back().last = position_;
        else if (l.ends.back().last != position_) l.ends.push_back({position_, position_});
    }

    // Goes over one character, to the next position.
    void pass(std::uint32_t c) {
        auto const now = ++position_;
        for (auto const which : waiting_) {
            auto const& s = graph_.states()[which];
            bool const matches = s.what == op_literal ? s.reference == c : character_class(pattern_, s.reference).has(c);
            if (s.what == op_repeat) {
                if (pass(loops_[which], s, matches)) going_on_.push_back(which);
                else continue;
                if (now - loops_[which].ends[loops_[which].oldest].first >= s.min) reach(which);
            } else if (matches) {
                reach(which);
            }
        }
    }
    // False if the repetition goes on no further.
    bool pass(loop& l, state const& s, bool matches) const {
        // Those that have used up their count are gone.
        while (matches && !l.empty() && s.max != pattern_unbounded && position_ - l.ends[l.oldest].first > s.max) {
            auto& oldest = l.ends[l.oldest];
            if (position_ - oldest.last > s.max) ++l.oldest;
            else oldest.first = position_ - s.max;
        }
        if (l.oldest > 32 && 2 * l.oldest > l.ends.size()) {
            l.ends.erase(l.ends.begin(), l.ends.begin() + static_cast<std::ptrdiff_t>(l.oldest));
            l.oldest = 0;
        }
        if (matches && !l.empty()) return true;
        l.clear();
        return false;
    }

    pattern_view const& pattern_;
    subject const& text_;
    bool behind_;
    pattern_graph graph_;
    std::vector<std::vector<bool>> looks_; // for each, at which places what is looked for is
    std::vector<std::uint32_t> before_, sources_;
    std::vector<std::size_t> reached_at_, waiting_at_; // the position at which a state was last reached, or waited for its character
    std::vector<loop> loops_;
    std::vector<std::uint32_t> reached_, waiting_, going_on_;
    std::size_t position_ = 0;
};

} // namespace

bool search(pattern_view const& pattern, std::string_view text) {
    if (!pattern.words) return true;
    using answer = quick_matcher::answer;
    subject const whole{text.data(), text.data() + text.size()};
    auto const quick = quick_matcher(pattern, whole).search();
    if (quick != answer::unknown) return quick == answer::yes;
    return set_matcher(pattern, whole, pattern.words + 1, false).run([](char const*) { return true; });
}

} // namespace parley

#endif
