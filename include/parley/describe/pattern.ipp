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

} // namespace

bool search(pattern_view const& pattern, std::string_view text) {
    if (!pattern.words) return true;
    using found = detail::straight_match::answer;
    auto const simple = detail::match_one_class(pattern, text, text.data());
    return simple == found::open ? search_any(pattern, text, text.data(), false) : simple == found::yes;
}

bool detail::search_printable(pattern_view const& pattern, std::string_view text, char const* memory) {
    return search_any(pattern, text, memory, true);
}

} // namespace parley

#endif
