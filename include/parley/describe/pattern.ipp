// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#include <parley/describe/pattern.hpp>
#include <parley/describe/pattern_quick_matcher.ipp>
#include <parley/describe/pattern_set_matcher.ipp>

namespace parley {

namespace {

bool search_by_sets(pattern_view const& pattern, detail::subject const& text) {
    return detail::set_matcher(pattern, text, pattern.words + 1, false).run([](char const*) { return true; });
}

[[gnu::noinline]] bool search_from(pattern_view const& pattern, detail::subject const& text, detail::straight_match const& begun) {
    using answer = detail::quick_matcher::answer;
    auto const quick = detail::quick_matcher(pattern, text).search(begun);
    return quick == answer::unknown ? search_by_sets(pattern, text) : quick == answer::yes;
}

[[gnu::noinline]] bool search_any(pattern_view const& pattern, std::string_view whole, char const* memory, bool printable) {
    detail::subject const text{whole.data(), whole.data() + whole.size(), memory, printable};
    auto const begun = detail::match_straight(pattern, text);
    using found = detail::straight_match::answer;
    return begun.found == found::open ? search_from(pattern, text, begun) : begun.found == found::yes;
}

[[gnu::always_inline]] inline bool search_in(pattern_view const& pattern, std::string_view text, char const* memory, bool printable) {
    if (pattern.words[0] & detail::pattern_is_one_class) {
        auto const* const code = pattern.words + 2;
        auto const* const end = text.data() + text.size();
        auto const* const stop = detail::class_at(pattern, *code).skip(memory, text.data(), end);
        if (stop == end) return text.size() >= code[1] && (text.size() <= code[2] || code[2] == detail::pattern_unbounded);
        if (detail::byte_at(stop) < 0x80) return false;
    }
    return search_any(pattern, text, memory, printable);
}

} // namespace

bool search(pattern_view const& pattern, std::string_view text) {
    return !pattern.words || search_in(pattern, text, text.data(), false);
}

bool detail::search_printable(pattern_view const& pattern, std::string_view text, char const* memory) {
    return search_in(pattern, text, memory, true);
}

} // namespace parley

#endif
