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

// Regular expressions of the pattern constraint, compiled at compile time (ECMA 262 with the flag u;
// https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait).
//
// A match first tries a backtracking matcher. If that takes too many steps, an NFA simulation takes over. Therefore the time is at
// most proportional to the product of the sizes of text and expression, where a group that is repeated up to n times counts n times.
// Matching does not recurse with the text.
//
// Supports all of ECMA 262 except back references and the properties other than General_Category, ASCII, ASCII_Hex_Digit,
// Alphabetic, Any, Assigned, Lowercase, Uppercase and White_Space. Many models use the dialect of Java. Where ECMA 262 rejects an
// expression that Java accepts, it has the meaning of Java:
//
//   \- \_ \: ... outside of classes   the punctuation character itself
//   } outside of counts               the character itself
//   [\w-.]                            a class, the character -, and so on
//   \A \z                             the start and the end of the text
//   \012 \x{41}                       a character in octal, in hexadecimal
//   \p{Alnum} \p{Print} ... \p{IsAlphabetic} \pL   the properties of java.util.regex.Pattern
//   (?i) (?s) (?m)                    flags up to the end of the group; i affects ASCII only
//   (?!x)+ $*                         a repeated assertion
//   x*+ x++ x?+ x{n,m}+               possessive repetition of a single character or class
//
// Other or ambiguous syntax is a compile error: nested classes ([[:alpha:]], [a&&[b]]), (?>...), \Q, \Z, \G, \h and so on.

struct pattern_view;

namespace detail {

/// The functions that match patterns. Patterns refer to them, so that a program links the Unicode tables only if a pattern needs them.
struct pattern_engine {
    bool (*search)(pattern_view const& pattern, std::string_view text);
    /// As `search`, for repeated use of a pattern that repeats groups: caches DFAs in `memory`, which is null at first.
    bool (*search_again)(std::shared_ptr<void>& memory, pattern_view const& pattern, std::string_view text);
    kind_function kind_of; ///< null for patterns without Unicode properties
};
extern pattern_engine const engine_of_patterns, engine_of_unicode_patterns;

} // namespace detail

/// A reference to a compiled pattern. If default-constructed, it matches every text.
struct pattern_view {
    std::uint32_t const* words = nullptr;           ///< the program; null: matches every text
    std::uint32_t size = 0;                         ///< the number of words
    detail::pattern_engine const* engine = nullptr; ///< the functions that match it
};

/// A compiled pattern.
/// @tparam Size The number of words.
template <std::size_t Size>
struct pattern_program {
    std::uint32_t words[Size]{}; ///< the program

    /// Returns a reference to this pattern.
    constexpr pattern_view view() const noexcept {
        bool const unicode = (words[0] & detail::pattern_asks_for_kinds) != 0;
        return {words, Size, unicode ? &detail::engine_of_unicode_patterns : &detail::engine_of_patterns};
    }
};

/// Returns whether a pattern matches anywhere in a text.
/// @param pattern The compiled pattern.
/// @param text    The text in UTF-8. Bytes that are not UTF-8 match nothing.
/// @par Complexity
///     At most proportional to the product of the sizes of `pattern` and `text`.
inline bool search(pattern_view const& pattern, std::string_view text) {
    return !pattern.words || pattern.engine->search(pattern, text);
}

/// Compiles a pattern into a buffer that is larger than necessary; `finish_pattern` removes the surplus. An invalid or unsupported
/// expression is a compile error whose text contains the reason.
///
/// @tparam Capacity The size of the buffer: `pattern_capacity(text)`.
/// @param text The regular expression.
///
/// @par Example
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

/// Copies a compiled pattern into an object of the exact size.
/// @tparam Size `draft.size()`.
/// @param draft The result of `draft_pattern`.
template <std::size_t Size, std::size_t Capacity>
constexpr pattern_program<Size> finish_pattern(detail::pattern_draft<Capacity> const& draft) {
    pattern_program<Size> program;
    for (std::size_t i = 0; i < draft.code_size; ++i) program.words[i] = draft.words[i];
    for (std::size_t i = 1; i <= draft.classes_size; ++i) program.words[Size - i] = draft.words[Capacity - i];
    return program;
}

namespace detail {

// Compiled once per pattern, however many members use it.
template <fixed_string Text>
struct compiled_pattern {
    static constexpr auto draft = draft_pattern<pattern_capacity(Text.view())>(Text.view());
    static constexpr auto program = finish_pattern<draft.size()>(draft);
};

} // namespace detail
} // namespace parley

#endif
