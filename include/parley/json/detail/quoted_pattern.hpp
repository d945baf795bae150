// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_DETAIL_QUOTED_PATTERN_HPP
#define PARLEY_JSON_DETAIL_QUOTED_PATTERN_HPP

// Matches patterns against JSON strings while scanning for their end.

#include <parley/json/detail/scan.hpp>
#include <parley/pattern/detail/pattern_subject.hpp>
#include <parley/pattern/pattern.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace parley::inline PARLEY_ABI::detail::json {

// Matches a pattern against strings in the JSON text from `begin` to `end`.
class quoted_pattern {
public:
    quoted_pattern(pattern_view const& pattern, char const* begin, char const* end) noexcept
        : words_(pattern.words), classes_(words_ + pattern.size), begin_(begin), end_(end) {}

    // Returns the closing quotation mark of the string whose content begins at `at` if the content is ASCII without escapes and
    // matches. Returns null if that is uncertain: it does not backtrack, but takes the first way that the next character permits,
    // and the longest repetition after which the pattern can continue.
    PARLEY_USES_SHUFFLES [[gnu::always_inline]] char const* find_end(char const* at) const noexcept {
        auto const* code = words_ + 2;
        char const* stop = nullptr; // the closing quotation mark, once it is known
        for (;;) {
            auto const word = *code, argument = argument_of(word);
            switch (op_of(word)) {
            case op_accept: return find_simple_string_end(begin_, at, end_);
            case op_text_end: return quote_at(at);
            case op_literal:
                if (!has_literal(code, at)) return nullptr;
                at += argument;
                code += 3;
                break;
            case op_one:
                if (at == end_ || !class_of(word).has_byte(at)) return nullptr;
                if (word & pattern_takes_quotes && json_escapes[patterns::byte_at(at)] != 0) return nullptr;
                ++at;
                ++code;
                break;
            case op_take_all:
            case op_repeat: {
                auto const* limit = code[2] < static_cast<std::size_t>(end_ - at) ? at + code[2] : end_;
                if (word & pattern_takes_quotes) {
                    if (!stop) stop = find_simple_string_end(begin_, at, end_);
                    if (!stop) return nullptr;
                    if (stop < limit) limit = stop;
                }
                auto const* next = word & pattern_takes_printable ? limit : skip(class_of(word), at, limit);
                if (static_cast<std::size_t>(next - at) < code[1]) return nullptr;
                if (op_of(word) == op_repeat) {
                    auto const* const least = at + code[1];
                    while (next != least && !may_begin(code + 3, next)) --next;
                }
                at = next;
                code += 3;
                if (op_of(*code) == op_text_end) return quote_at(at);
                break;
            }
            case op_jump: code += argument; break;
            case op_split: {
                bool const first = word & pattern_begins_literal ? begins_literal(code + 1, at) : may_begin(code + 1, at);
                code += first ? 1 : argument;
                break;
            }
            case op_back: code = may_begin(code - argument, at) ? code - argument : code + 1; break; // each round consumes a byte
            default: __builtin_unreachable(); // excluded by pattern_is_straight
            }
        }
    }

    // As find_end, for a pattern that is a single class.
    PARLEY_USES_SHUFFLES char const* find_end_of_class(char const* const begin) const noexcept {
        auto const* const code = words_ + 2;
        auto const* const stop = skip(class_of(*code), begin, end_);
        auto const size = static_cast<std::size_t>(stop - begin);
        return size >= code[1] && size <= code[2] ? quote_at(stop) : nullptr;
    }

private:
    char const* quote_at(char const* at) const noexcept { return at != end_ && *at == '"' ? at : nullptr; }

    patterns::character_class class_of(std::uint32_t word) const noexcept {
        return patterns::character_class(classes_ - argument_of(word));
    }

    bool has_literal(std::uint32_t const* code, char const* at) const noexcept {
        std::size_t const size = argument_of(*code), left = static_cast<std::size_t>(end_ - at);
        constexpr bool little = std::endian::native == std::endian::little;
        if (little && left >= 8) {
            std::uint64_t text, literal;
            std::memcpy(&text, at, 8);
            std::memcpy(&literal, code + 1, 8);
            return (text ^ literal) << (64 - 8 * size) == 0;
        }
        if (left < size) return false;
        auto const* const literal = reinterpret_cast<char const*>(code + 1);
        for (std::size_t i = 0; i < size; ++i) {
            if (at[i] != literal[i]) return false;
        }
        return true;
    }

    bool begins_literal(std::uint32_t const* code, char const* at) const noexcept {
        return at != end_ && *at == *reinterpret_cast<char const*>(code + 1);
    }

    // Returns false if the code certainly does not match at `at`.
    bool may_begin(std::uint32_t const* code, char const* at) const noexcept {
        switch (op_of(*code)) {
        case op_literal: return begins_literal(code, at);
        case op_repeat:
        case op_take_all:
            if (code[1] == 0) return true;
            [[fallthrough]];
        case op_one: return at != end_ && class_of(*code).has_byte(at);
        case op_text_end: return quote_at(at) != nullptr;
        default: return true;
        }
    }

    // Returns the first byte from `at` to `limit` that is not in the class, or `limit`.
    PARLEY_USES_SHUFFLES char const* skip(patterns::character_class const& set, char const* at,
                                          char const* limit) const noexcept {
#ifdef PARLEY_SHUFFLES
        auto const table = set.table();
        for (; end_ - at >= 16; at += 16) {
            auto const outside = patterns::outside_class(table, at);
            if (outside || limit - at <= 16) return outside ? std::min(at + std::countr_zero(outside), limit) : limit;
        }
        if (end_ - begin_ >= 16) {
            // The rest, as the last bytes of a block that overlaps the previous one.
            auto const outside = patterns::outside_class(table, end_ - 16) >> (16 - (end_ - at));
            return outside ? std::min(at + std::countr_zero(outside), limit) : limit;
        }
#endif
        while (at != limit && set.has_byte(at)) ++at;
        return at;
    }

    std::uint32_t const* const words_;
    std::uint32_t const* const classes_; // their end
    char const *const begin_, *const end_;
};

inline bool may_match_quoted(pattern_view const& pattern) noexcept {
#ifdef PARLEY_SHUFFLES
    if (!patterns::has_shuffles) return false;
#endif
    return (pattern.words[0] & pattern_is_straight) != 0;
}

// See quoted_pattern::find_end.
PARLEY_USES_SHUFFLES [[gnu::noinline]] static inline char const* find_matching_end(pattern_view const& pattern, char const* begin,
                                                                                   char const* at, char const* end) noexcept {
    return quoted_pattern(pattern, begin, end).find_end(at);
}
PARLEY_USES_SHUFFLES [[gnu::noinline]] static inline char const* find_end_of_class(pattern_view const& pattern, char const* begin,
                                                                                   char const* at, char const* end) noexcept {
    return quoted_pattern(pattern, begin, end).find_end_of_class(at);
}

} // namespace parley::detail::json

#endif
