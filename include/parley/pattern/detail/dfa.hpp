// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_DETAIL_DFA_HPP
#define PARLEY_PATTERN_DETAIL_DFA_HPP

#include <parley/pattern/detail/pattern_subject.hpp>

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::patterns {

// A lazily built DFA with one table look-up for each two bytes. Its states are sets of positions in the pattern; the table is filled
// when a text first needs an entry. Worthwhile if many texts are matched, and the pattern repeats groups: other patterns are matched
// as fast without a table. To keep the table small, bytes that the pattern does not distinguish share one kind.
class dfa {
public:
    // Requires pattern_repeats_groups.
    explicit dfa(pattern_view const& pattern) : code_(pattern.words + 1), classes_(pattern.words + pattern.size) {
        usable_ = pattern.size <= most_words && find_kinds();
        if (!usable_) return;
        rows_.resize(first_row / width);
        for (auto const same : {unknown, dead, accepted}) {
            after_two_.insert(after_two_.end(), width, same);
            after_one_.insert(after_one_.end(), most_kinds, same);
        }
        auto const begin = closure(1);
        add_row(begin);
        if (begin.accepts) usable_ = false; // matches every text
    }

    // Returns whether the pattern matches; `nullopt` if the pattern or a text that is not ASCII is not supported.
    std::optional<bool> search(std::string_view text) {
        if (!usable_) return std::nullopt;
        std::size_t now = first_row;
        auto const *at = text.data(), *const end = at + text.size();
        while (at != end) {
            auto const* const table = after_two_.data();
            for (; end - at >= 4; at += 4) {
                std::size_t next = table[now + kinds_at(at)];
                next = table[next + kinds_at(at + 2)];
                if (next < first_row) break;
                now = next;
            }
            if (at == end) break;
            now = end - at >= 2 ? pass_two(now, at) : pass_one(now, *at);
            if (!usable_ || now == unknown) return std::nullopt;
            if (now < first_row) return now == accepted;
            at += end - at >= 2 ? 2 : 1;
        }
        return rows_[now / width].accepts_at_end;
    }

private:
    static constexpr std::size_t most_words = 256, most_rows = 100, most_places = 64, most_kinds = 16;
    // Offsets of rows in the table. The first three are special states, which lead to themselves.
    static constexpr std::uint16_t width = most_kinds * most_kinds, unknown = 0, dead = width, accepted = 2 * width,
                                   first_row = 3 * width;

    // A position before a character of the pattern. `done`: the characters of the literal, or the repetitions, before it.
    struct place {
        std::uint32_t code, done;
        friend bool operator==(place const&, place const&) = default;
    };
    struct set {
        std::uint64_t places = 0; // a bit for each element of places_
        bool accepts = false, accepts_at_end = false;
    };
    struct row {
        std::uint64_t places = 0;
        bool accepts_at_end = false;
    };

    // Returns the positions that are reachable from `code` without consuming a character.
    set closure(std::uint32_t code) {
        set s;
        std::bitset<most_words> seen;
        add(s, code, seen);
        return s;
    }
    void add(set& s, std::uint32_t code, std::bitset<most_words>& seen) {
        while (!seen[code]) {
            seen.set(code);
            auto const argument = argument_of(code_[code]);
            switch (op_of(code_[code])) {
            case op_accept: s.accepts = true; return;
            case op_text_end: s.accepts_at_end = true; return;
            case op_jump: code += argument; break;
            case op_split:
                add(s, code + argument, seen);
                ++code;
                break;
            case op_back:
                add(s, code - argument, seen);
                ++code;
                break;
            case op_repeat:
            case op_take_all:
                add_place(s, {code, 0});
                if (code_[code + 1] > 0) return;
                code += 3;
                break;
            default: add_place(s, {code, 0}); return;
            }
        }
    }
    void add_place(set& s, place const& p) {
        auto const found = std::find(places_.begin(), places_.end(), p);
        auto const number = static_cast<std::size_t>(found - places_.begin());
        if (number == most_places) return void(usable_ = false);
        if (found == places_.end()) places_.push_back(p);
        s.places |= std::uint64_t{1} << number;
    }

    // Return the row after one byte or two; `unknown` if a byte is not ASCII.
    std::uint16_t pass_one(std::size_t now, char c) {
        auto const byte = static_cast<unsigned char>(c);
        auto& after = after_one_[now / width * most_kinds + kinds_[byte]];
        if (after != unknown || byte >= 0x80) return after;
        auto const next = step(now, byte); // may reallocate after_one_
        return after_one_[now / width * most_kinds + kinds_[byte]] = next;
    }
    [[gnu::noinline]] std::uint16_t pass_two(std::size_t now, char const* at) {
        auto const known = after_two_[now + kinds_at(at)];
        if (known != unknown) return known;
        auto const first = pass_one(now, at[0]);
        auto const next = first < first_row ? first : pass_one(first, at[1]);
        return after_two_[now + kinds_at(at)] = next;
    }
    std::size_t kinds_at(char const* at) const noexcept {
        return kinds_[static_cast<unsigned char>(at[0])] * most_kinds + kinds_[static_cast<unsigned char>(at[1])];
    }

    std::uint16_t step(std::size_t now, unsigned char byte) {
        set s;
        std::bitset<most_words> seen;
        for (std::size_t i = 0; i < most_places; ++i) {
            if (rows_[now / width].places >> i & 1) pass(s, places_[i], byte, seen);
        }
        return s.accepts ? accepted : s.places == 0 && !s.accepts_at_end ? dead : add_row(s);
    }
    void pass(set& s, place const p, unsigned char byte, std::bitset<most_words>& seen) {
        auto const* const code = code_ + p.code;
        auto const argument = argument_of(*code);
        switch (op_of(*code)) {
        case op_literal:
            if (reinterpret_cast<unsigned char const*>(code + 1)[p.done] != byte) return;
            if (p.done + 1 < argument) add_place(s, {p.code, p.done + 1});
            else add(s, p.code + 3, seen);
            return;
        case op_one:
            if (class_has_ascii(classes_ - argument, byte)) add(s, p.code + 1, seen);
            return;
        default: {
            if (!class_has_ascii(classes_ - argument, byte)) return;
            auto const min = code[1], max = code[2];
            auto const done = p.done + 1;
            // Without an upper limit, counts beyond the minimum are equivalent.
            if (done < max) add_place(s, {p.code, max == pattern_unbounded ? std::min(done, min) : done});
            if (done >= min) add(s, p.code + 3, seen);
            return;
        }
        }
    }

    std::uint16_t add_row(set const& s) {
        for (auto i = std::size_t{first_row / width}; i < rows_.size(); ++i) {
            if (rows_[i].places == s.places && rows_[i].accepts_at_end == s.accepts_at_end) return offset_of(i);
        }
        if (rows_.size() == most_rows) return usable_ = false, dead;
        rows_.push_back({s.places, s.accepts_at_end});
        after_two_.resize(after_two_.size() + width, unknown);
        after_one_.resize(after_one_.size() + most_kinds, unknown);
        return offset_of(rows_.size() - 1);
    }
    // Assigns a kind to each byte: 0 to bytes beyond ASCII. Returns false if there are too many kinds.
    bool find_kinds() {
        std::vector<characters> kinds{~characters{}};
        auto const divide = [&kinds](characters const& by) {
            for (auto i = kinds.size(); i-- > 0;) {
                auto const within = kinds[i] & by;
                if (within.none() || within == kinds[i]) continue;
                kinds.push_back(within);
                kinds[i] &= ~by;
            }
            return kinds.size() < most_kinds;
        };
        for (auto const* code = code_; op_of(*code) != op_accept; code += pattern_op_size(*code)) {
            auto const argument = argument_of(*code);
            switch (op_of(*code)) {
            case op_literal:
                for (std::size_t i = 0; i < argument; ++i) {
                    unsigned const byte = reinterpret_cast<unsigned char const*>(code + 1)[i];
                    if (byte < 0x80 && !divide(characters().set(index_in_class(byte)))) return false;
                }
                break;
            case op_one:
            case op_repeat:
            case op_take_all: {
                auto const* const words = classes_ - argument;
                auto const half = [words](int i) { return characters(words[i] | std::uint64_t{words[i + 1]} << 32); };
                if (!divide(half(0) | half(2) << 64)) return false;
                break;
            }
            default: break;
            }
        }
        for (unsigned byte = 0; byte < 0x80; ++byte) {
            auto kind = kinds.begin();
            while (!(*kind)[index_in_class(byte)]) ++kind;
            kinds_[byte] = static_cast<std::uint8_t>(kind - kinds.begin() + 1);
        }
        return true;
    }
    using characters = std::bitset<128>; // a bit for each ASCII character, in the order of the classes
    static std::size_t index_in_class(unsigned byte) noexcept { return (byte & 15) * 8 + (byte >> 4); }

    static std::uint16_t offset_of(std::size_t row) noexcept { return static_cast<std::uint16_t>(row * width); }

    std::uint32_t const* const code_;
    std::uint32_t const* const classes_; // the end of the program, which is the end of the classes
    bool usable_ = false;
    std::vector<place> places_;
    std::vector<row> rows_;
    std::uint8_t kinds_[256] = {};
    std::vector<std::uint16_t> after_one_, after_two_; // the offset of the next row for each row and one kind, or two kinds
};

// A cache of DFAs.
class pattern_cache {
public:
    [[gnu::noinline]] bool search(pattern_view const& pattern, std::string_view text) {
        auto const result = automaton_of(pattern).search(text);
        return result ? *result : parley::search(pattern, text);
    }

private:
    dfa& automaton_of(pattern_view const& pattern) {
        for (auto& [words, automaton] : known_) {
            if (words == pattern.words) return automaton;
        }
        return add(pattern);
    }
    [[gnu::noinline]] dfa& add(pattern_view const& pattern) { return known_.emplace_back(pattern.words, dfa(pattern)).second; }

    std::vector<std::pair<std::uint32_t const*, dfa>> known_;
};

} // namespace parley::detail::patterns

#endif
