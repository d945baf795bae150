// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_PATTERN_IPP
#define PARLEY_DESCRIBE_PATTERN_IPP

#include <parley/describe/pattern.hpp>
#include <parley/describe/pattern_quick_matcher.ipp>
#include <parley/describe/pattern_set_matcher.ipp>

namespace parley {

bool search(pattern_view const& pattern, std::string_view text) {
    if (!pattern.words) return true;
    detail::subject const whole{text.data(), text.data() + text.size()};
    auto const found = detail::quick_matcher(pattern, whole).search();
    if (found != detail::quick_matcher::answer::unknown) return found == detail::quick_matcher::answer::yes;
    return detail::set_matcher(pattern, whole, pattern.words + 1, false).run([](char const*) { return true; });
}

} // namespace parley

#endif
