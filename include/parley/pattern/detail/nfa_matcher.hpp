// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_NFA_MATCHER_HPP
#define PARLEY_PATTERN_DETAIL_NFA_MATCHER_HPP

#include <parley/pattern/detail/pattern_subject.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::patterns {

// A pattern as an NFA: states and their successors. A repeated group is copied as often as it can occur.
class pattern_graph {
public:
    using word = std::uint32_t;
    static constexpr std::uint32_t none = 0xffffffff;

    struct state {
        pattern_op op;
        word reference = 0;    // the class; the character; or 2 * the index of the look-around, + 1 if it is negative
        word min = 1, max = 1; // repetitions of a class
        std::uint32_t next = none, other = none;
    };

    // Builds the graph of the code from `begin` to the next accept. Look-arounds are listed in `looks`, not part of the graph.
    explicit pattern_graph(word const* begin) {
        auto end = begin;
        while (op_of(*end) != op_accept) end += size_of(end);
        add(begin, end);
        states_.push_back({op_accept});
    }

    std::vector<state> const& states() const noexcept { return states_; }
    std::vector<word const*> const& looks() const noexcept { return looks_; }

private:
    // Returns the size of an instruction, including the body of a loop or look-around.
    static std::size_t size_of(word const* code) noexcept {
        switch (op_of(*code)) {
        case op_loop: return code[3];
        case op_look: return argument_of(*code) >> 2;
        default: return pattern_op_size(*code);
        }
    }

    std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(states_.size()); }
    std::uint32_t push(state const& s) {
        states_.push_back(s);
        states_.back().next = size();
        return size() - 1;
    }

    // Adds the states of the code from `begin` to `end`.
    [[gnu::cold]] void add(word const* const begin, word const* const end) {
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
        for (auto const* const end = at + argument_of(*code); at != end;) {
            auto const c = code_point_at(at, end);
            push({op_literal, c.value});
            at = c.next;
        }
    }

    [[gnu::cold]] void add_loop(word const* code) {
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

// Simulates an NFA backwards: keeps the set of all states from which a match can be completed while it walks the text from the ends
// of matches to their starts. Therefore a single pass finds all positions at which a match starts, which also evaluates look-arounds.
class nfa_matcher {
public:
    using word = std::uint32_t;

    // `behind`: matches extend towards the start of the text (look-behind).
    [[gnu::cold]] nfa_matcher(pattern_view const& pattern, subject const& text, word const* code, bool behind)
        : pattern_(pattern), text_(text), behind_(behind), graph_(code), before_(graph_.states().size() + 1),
          reached_at_(graph_.states().size(), never), waiting_at_(graph_.states().size(), never), loops_(graph_.states().size()) {
        for (auto const* look : graph_.looks()) {
            looks_.emplace_back(text.size() + 1);
            auto& places = looks_.back();
            nfa_matcher(pattern, text, look + 1, (argument_of(*look) & 2) != 0).run([&](char const* at) {
                places[static_cast<std::size_t>(at - text.begin)] = true;
                return false;
            });
        }
        list_before();
    }

    // Calls `found` for each position at which a match starts, until it returns true. Returns whether it did.
    template <class Found>
    bool run(Found const& found) {
        auto at = behind_ ? text_.begin : text_.end;
        auto const last = behind_ ? text_.end : text_.begin;
        for (;;) {
            go_back_from_end(at);
            if (reached_at_[0] == position_ && found(at)) return true;
            if (at == last) return false;
            auto const c = behind_ ? code_point_at(at, text_.end) : code_point_before(text_.begin, at);
            pass(c.value);
            at = c.next;
        }
    }

private:
    static constexpr std::size_t never = static_cast<std::size_t>(-1);
    using state = pattern_graph::state;

    // The positions at which a repetition can end, as runs of adjacent positions. The number of repetitions since then is the
    // difference from the current position.
    struct run_of_positions {
        std::size_t first, last;
    };
    struct loop {
        std::vector<run_of_positions> ends;
        std::size_t oldest = 0;

        bool empty() const { return oldest == ends.size(); }
        void clear() { ends.clear(), oldest = 0; }
    };

    character_class class_of(word distance) const noexcept {
        return character_class(pattern_.words + pattern_.size - distance, pattern_.engine->kind_of);
    }

    // Lists the predecessors of each state, one list after the other.
    [[gnu::cold]] void list_before() {
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

    // Follows predecessors from all states reached here, and from the final state, since a match can end anywhere.
    void go_back_from_end(char const* at) {
        waiting_.clear();
        reach(graph_.states().size() - 1);
        while (!reached_.empty()) {
            auto const to = reached_.back();
            reached_.pop_back();
            for (auto i = before_[to]; i < before_[to + 1]; ++i) go_back(sources_[i], at);
        }
        // Repetitions that continue although no successor was reached here.
        for (auto const which : going_on_) wait(which);
        going_on_.clear();
    }

    void go_back(std::uint32_t which, char const* at) {
        auto const& s = graph_.states()[which];
        switch (s.op) {
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
            if (text_.holds(s.op, at)) reach(which);
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
        else if (s.max == pattern_unbounded) return; // the first end has the most repetitions
        else if (l.ends.back().last + 1 == position_) l.ends.back().last = position_;
        else if (l.ends.back().last != position_) l.ends.push_back({position_, position_});
    }

    // Consumes one character and moves to the next position.
    void pass(std::uint32_t c) {
        auto const now = ++position_;
        for (auto const which : waiting_) {
            auto const& s = graph_.states()[which];
            bool const matches = s.op == op_literal ? s.reference == c : class_of(s.reference).has(c);
            if (s.op == op_repeat) {
                if (pass(loops_[which], s, matches)) going_on_.push_back(which);
                else continue;
                if (now - loops_[which].ends[loops_[which].oldest].first >= s.min) reach(which);
            } else if (matches) {
                reach(which);
            }
        }
    }
    // Returns false if the repetition does not continue.
    bool pass(loop& l, state const& s, bool matches) const {
        // Removes ends that have reached the maximum.
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
    std::vector<std::vector<bool>> looks_; // for each look-around, the positions at which its content matches
    std::vector<std::uint32_t> before_, sources_;
    // The position at which a state was last reached, or last waited for its character.
    std::vector<std::size_t> reached_at_, waiting_at_;
    std::vector<loop> loops_;
    std::vector<std::uint32_t> reached_, waiting_, going_on_;
    std::size_t position_ = 0;
};

} // namespace parley::detail::patterns

#endif
