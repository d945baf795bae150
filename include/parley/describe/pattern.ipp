// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#include <parley/describe/pattern.hpp>

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

    bool in_class(pattern_instruction const& i, std::uint32_t c) const noexcept {
        auto const* range = pattern_.ranges + i.first_range;
        for (auto const* const end = range + i.range_count; range != end; ++range) {
            if (c <= range->last) return c >= range->first;
        }
        return false;
    }

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
            bool const matches = in_class(i, c);
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
    using operation = pattern_instruction::operation;
    auto const* const i = pattern.instructions;
    // ^[class]{n,m}$ is what most patterns are.
    if (pattern.instruction_count == 4 && i[0].what == operation::text_begin && i[1].what == operation::repeat &&
        i[2].what == operation::text_end) {
        std::size_t at = 0, count = 0;
        for (; at < text.size(); ++count) {
            auto const c = take_code_point(text, at);
            bool within = false;
            for (std::uint32_t r = 0; r < i[1].range_count && !within; ++r) {
                auto const& range = pattern.ranges[i[1].first_range + r];
                within = c >= range.first && c <= range.last;
            }
            if (!within) return false;
        }
        return count >= i[1].min && (i[1].max == pattern_instruction::unbounded || count <= i[1].max);
    }
    return pattern_matcher(pattern).search(text);
}

} // namespace parley

#endif
