// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#include <parley/describe/pattern.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace parley {

namespace {

constexpr std::uint32_t no_code_point = 0xffffffff;

// The code point at `i`, which moves behind it; `no_code_point` for a byte that begins none.
std::uint32_t take_code_point(std::string_view text, std::size_t& i) noexcept {
    auto const lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) return lead;
    std::size_t const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
    if (length == 0 || i + length - 1 > text.size()) return no_code_point;
    std::uint32_t value = lead & (0xffU >> (length + 1));
    for (std::size_t k = 0; k + 1 < length; ++k) {
        auto const byte = static_cast<unsigned char>(text[i + k]);
        if ((byte & 0xc0) != 0x80) return no_code_point;
        value = value << 6 | (byte & 0x3fU);
    }
    bool const overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return no_code_point;
    i += length - 1;
    return value;
}

bool in_class(pattern_view const& pattern, pattern_instruction const& i, std::uint32_t c) noexcept {
    if (c < 128) return i.ascii[c / 64] >> c % 64 & 1;
    auto const* range = pattern.ranges + i.first_range;
    for (auto const* const end = range + i.range_count; range != end; ++range) {
        if (c <= range->last) return c >= range->first;
    }
    return false;
}

// Tries one way after the other, the longest repetition first. Quick for patterns that leave little choice, which is what
// most are; gives up after so many steps that it is clear that this one is none of them.
class backtracking_matcher {
public:
    enum class answer : std::uint8_t { yes, no, too_many_steps };
    using operation = pattern_instruction::operation;

    backtracking_matcher(pattern_view const& pattern, std::string_view text)
        : pattern_(pattern), text_(text), steps_(8 * text.size() + 512) {}

    answer search() {
        bool const anchored = pattern_.instructions[0].what == operation::text_begin;
        for (std::size_t start = 0;; take_code_point(text_, start)) {
            auto const found = match_at(start);
            if (found != answer::no || anchored || start >= text_.size()) return found;
        }
    }

private:
    // Another way: go on with `pc` at any position from `first` to `last`, the last one first.
    struct choice {
        std::uint32_t pc;
        std::size_t first, last;
    };

    answer match_at(std::size_t at) {
        depth_ = 0;
        std::uint32_t pc = 0;
        for (;;) {
            if (steps_ == 0) return answer::too_many_steps;
            --steps_;
            auto const& i = pattern_.instructions[pc];
            bool good = true;
            switch (i.what) {
            case operation::accept: return answer::yes;
            case operation::one_of:
                good = at < text_.size() && in_class(pattern_, i, take_code_point(text_, at));
                ++pc;
                break;
            case operation::repeat: good = repeat(i, ++pc, at); break;
            case operation::split:
                if (!push({i.other, at, at})) return answer::too_many_steps;
                pc = i.target;
                break;
            case operation::jump: pc = i.target; break;
            case operation::text_begin: good = at == 0, ++pc; break;
            case operation::text_end: good = at == text_.size(), ++pc; break;
            }
            if (overflow_) return answer::too_many_steps;
            if (good) continue;
            if (depth_ == 0) return answer::no;
            auto& last = choices_[depth_ - 1];
            pc = last.pc;
            at = last.last;
            if (last.last == last.first) {
                --depth_;
            } else {
                // One code point back.
                do --last.last;
                while (last.last > last.first && (static_cast<unsigned char>(text_[last.last]) & 0xc0) == 0x80);
            }
        }
    }

    bool repeat(pattern_instruction const& i, std::uint32_t next, std::size_t& at) {
        std::uint32_t count = 0;
        auto shortest = at;
        auto const step = [&] {
            if (++count <= i.min) shortest = at;
        };
        // What is ASCII, which is most, without decoding it.
        for (; count < i.max && at < text_.size(); step()) {
            auto const byte = static_cast<unsigned char>(text_[at]);
            if (byte >= 128 || !(i.ascii[byte / 64] >> byte % 64 & 1)) break;
            ++at;
        }
        for (auto end = at; count < i.max && end < text_.size(); step()) {
            if (!in_class(pattern_, i, take_code_point(text_, end))) break;
            at = end;
        }
        steps_ -= std::min<std::size_t>(steps_, count / 4);
        if (count < i.min) return false;
        if (at != shortest) {
            auto before = at;
            do --before;
            while (before > shortest && (static_cast<unsigned char>(text_[before]) & 0xc0) == 0x80);
            push({next, shortest, before});
        }
        return true;
    }

    bool push(choice const& c) {
        overflow_ = overflow_ || depth_ == std::size(choices_);
        if (!overflow_) choices_[depth_++] = c;
        return !overflow_;
    }

    pattern_view const& pattern_;
    std::string_view text_;
    std::size_t steps_;
    choice choices_[32];
    std::size_t depth_ = 0;
    bool overflow_ = false;
};

// Keeps the set of all states at once.
class pattern_matcher {
public:
    using operation = pattern_instruction::operation;

    explicit pattern_matcher(pattern_view const& pattern)
        : pattern_(pattern), marks_(pattern.instruction_count, no_position), loops_(pattern.instruction_count) {}

    bool search(std::string_view text) {
        std::size_t at = 0;
        for (std::size_t position = 0;; ++position) {
            position_ = position;
            at_end_ = at == text.size();
            if (follow_all()) return true;
            if (at_end_ || (active_.empty() && pattern_.instructions[0].what == operation::text_begin)) return false;
            advance(take_code_point(text, at));
        }
    }

private:
    static constexpr std::size_t no_position = static_cast<std::size_t>(-1);

    // When a repetition was entered: runs of positions one after the other. How often it was passed since is the
    // difference to the position now.
    struct run {
        std::size_t first, last;
    };
    struct loop {
        std::vector<run> entries;
        std::size_t oldest = 0;

        bool empty() const { return oldest == entries.size(); }
        void clear() { entries.clear(), oldest = 0; }
    };

    // Goes on from all instructions that were reached at this position, and from the first, since a match can begin
    // anywhere. True if a match ends here.
    bool follow_all() {
        active_.clear();
        reached_.push_back(0);
        while (!reached_.empty()) {
            auto const pc = reached_.back();
            reached_.pop_back();
            auto const& i = pattern_.instructions[pc];
            bool const seen = marks_[pc] == position_;
            marks_[pc] = position_;
            if (seen) continue;
            switch (i.what) {
            case operation::accept: return true;
            case operation::one_of: active_.push_back(pc); break;
            case operation::repeat:
                enter(loops_[pc]);
                active_.push_back(pc);
                if (i.min == 0) reached_.push_back(pc + 1);
                break;
            case operation::split:
                reached_.push_back(i.other);
                reached_.push_back(i.target);
                break;
            case operation::jump: reached_.push_back(i.target); break;
            case operation::text_begin:
                if (position_ == 0) reached_.push_back(pc + 1);
                break;
            case operation::text_end:
                if (at_end_) reached_.push_back(pc + 1);
                break;
            }
        }
        // Repetitions that go on, though nothing entered them here.
        for (auto const pc : going_on_) {
            if (marks_[pc] != position_) active_.push_back(pc);
        }
        going_on_.clear();
        return false;
    }

    void enter(loop& l) const {
        if (!l.empty() && l.entries.back().last + 1 == position_) l.entries.back().last = position_;
        else if (l.empty() || l.entries.back().last != position_) l.entries.push_back({position_, position_});
    }

    void advance(std::uint32_t c) {
        for (auto const pc : active_) {
            auto const& i = pattern_.instructions[pc];
            bool const matches = in_class(pattern_, i, c);
            if (i.what == operation::one_of) {
                if (matches) reached_.push_back(pc + 1);
                continue;
            }
            auto& l = loops_[pc];
            if (!matches) {
                l.clear();
                continue;
            }
            auto const now = position_ + 1;
            // Entries that have used up their count are gone.
            while (!l.empty() && i.max != pattern_instruction::unbounded && now - l.entries[l.oldest].first > i.max) {
                auto& oldest = l.entries[l.oldest];
                if (now - oldest.last > i.max) ++l.oldest;
                else oldest.first = now - i.max;
            }
            if (l.empty()) {
                l.clear();
                continue;
            }
            if (now - l.entries[l.oldest].first >= i.min) reached_.push_back(pc + 1);
            going_on_.push_back(pc);
        }
    }

    pattern_view const& pattern_;
    std::vector<std::size_t> marks_; // the position at which an instruction was last reached
    std::vector<loop> loops_;
    std::vector<std::uint32_t> reached_, active_, going_on_;
    std::size_t position_ = 0;
    bool at_end_ = false;
};

} // namespace

bool search(pattern_view const& pattern, std::string_view text) {
    if (!pattern.instructions) return true;
    using answer = backtracking_matcher::answer;
    auto const quick = backtracking_matcher(pattern, text).search();
    if (quick != answer::too_many_steps) return quick == answer::yes;
    return pattern_matcher(pattern).search(text);
}

} // namespace parley

#endif
