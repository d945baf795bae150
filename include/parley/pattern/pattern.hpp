// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_PATTERN_HPP
#define PARLEY_PATTERN_PATTERN_HPP

#include <parley/core/config.hpp>
#include <parley/core/fixed_string.hpp>
#include <parley/pattern/pattern_compiler.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace parley::inline PARLEY_ABI {

// Regular expressions of the pattern trait (ECMA 262 with the flag u; https://smithy.io/2.0/spec/constraint-traits.html
// #pattern-trait), compiled when the program is. They are matched by trying one way after the other, and if that takes too
// many steps, by keeping the set of all states at once: no text and no expression takes more than time in proportion to
// their product (a group that is repeated up to n times counting n times), and none needs the stack.
//
// Supported is all of ECMA 262 but back references and properties other than General_Category, ASCII, ASCII_Hex_Digit,
// Alphabetic, Any, Assigned, Lowercase, Uppercase and White_Space. What is no expression of ECMA 262 but one of Java, in
// whose dialect many models are written, means what it means there:
//
//   \- \_ \: ... outside of classes   the character itself, whichever punctuation it is
//   } outside of counts               the character itself
//   [\w-.]                            a class, the character - and so on
//   \A \z                             the begin and the end of the text
//   \012 \x{41}                       a character in octal, in hexadecimal
//   \p{Alnum} \p{Print} ... \p{IsAlphabetic} \pL   the properties of java.util.regex.Pattern
//   (?i) (?s) (?m)                    flags from there to the end of the group; i is about ASCII only
//   (?!x)+ $*                         an assertion that is repeated
//   x*+ x++ x?+ x{n,m}+               repetition of a single character or class that gives back none
//
// What is neither, or is not clear, is a compile error: a class within a class ([[:alpha:]], [a&&[b]]), (?>...), \Q, \Z, \G, \h
// and the like.

struct pattern_view;

namespace detail {

/// What searches for patterns. They refer to it, so that a program links no more of it than its patterns need.
struct pattern_engine {
    bool (*search)(pattern_view const& pattern, std::string_view text);
    /// The same for one that repeats groups and comes again and again: `memory`, null at first, keeps what is made of it.
    bool (*search_again)(std::shared_ptr<void>& memory, pattern_view const& pattern, std::string_view text);
    kind_function kind_of; ///< null: for patterns that do not ask for it
};
extern pattern_engine const engine_of_patterns, engine_of_unicode_patterns;

} // namespace detail

/// A compiled pattern. Default constructed, it is none, and everything matches.
struct pattern_view {
    std::uint32_t const* words = nullptr;
    std::uint32_t size = 0;
    detail::pattern_engine const* engine = nullptr;
};

/// The words of a compiled pattern.
template <std::size_t Size>
struct pattern_program {
    std::uint32_t words[Size]{};

    constexpr pattern_view view() const noexcept {
        bool const unicode = (words[0] & detail::pattern_asks_for_kinds) != 0;
        return {words, Size, unicode ? &detail::engine_of_unicode_patterns : &detail::engine_of_patterns};
    }
};

/// True if `text` (UTF-8) has a match of `pattern` anywhere. Bytes that are not UTF-8 match nothing.
inline bool search(pattern_view const& pattern, std::string_view text) {
    return !pattern.words || pattern.engine->search(pattern, text);
}

/// Compiles a pattern, with room that the program does not need. A text that is no supported expression is a compile error
/// that says what is wrong with it.
///
///     constexpr std::string_view text = "^[a-z]+$";
///     constexpr auto draft = parley::draft_pattern<parley::pattern_capacity(text)>(text);
///     constexpr auto program = parley::finish_pattern<draft.size()>(draft);
template <std::size_t Capacity>
constexpr detail::pattern_draft<Capacity> draft_pattern(std::string_view text) {
    detail::pattern_draft<Capacity> draft;
    detail::pattern_compiler compiler(text, draft.words, Capacity);
    compiler.compile();
    draft.code_size = compiler.code_size();
    draft.classes_size = compiler.classes_size();
    return draft;
}

/// The program of a draft, without the room.
template <std::size_t Size, std::size_t Capacity>
constexpr pattern_program<Size> finish_pattern(detail::pattern_draft<Capacity> const& draft) {
    pattern_program<Size> program;
    for (std::size_t i = 0; i < draft.code_size; ++i) program.words[i] = draft.words[i];
    for (std::size_t i = 1; i <= draft.classes_size; ++i) program.words[Size - i] = draft.words[Capacity - i];
    return program;
}

namespace detail {

// Compiled once, however many members have the pattern.
template <fixed_string Text>
struct compiled_pattern {
    static constexpr auto draft = draft_pattern<pattern_capacity(Text.view())>(Text.view());
    static constexpr auto program = finish_pattern<draft.size()>(draft);
};

} // namespace detail
} // namespace parley

#endif
