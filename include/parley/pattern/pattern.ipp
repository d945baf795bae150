// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_PATTERN_IPP
#define PARLEY_PATTERN_PATTERN_IPP

#include <parley/pattern/detail/backtracking_matcher.hpp>
#include <parley/pattern/detail/dfa.hpp>
#include <parley/pattern/detail/nfa_matcher.hpp>
#include <parley/pattern/pattern.hpp>

namespace parley::inline PARLEY_ABI::detail {

namespace {

bool search_pattern(pattern_view const& pattern, std::string_view text) {
    subject const whole{text.data(), text.data() + text.size()};
    auto const found = backtracking_matcher(pattern, whole).search();
    if (found != backtracking_matcher::answer::unknown) return found == backtracking_matcher::answer::yes;
    return nfa_matcher(pattern, whole, pattern.words + 1, false).run([](char const*) { return true; });
}

bool search_again(std::shared_ptr<void>& memory, pattern_view const& pattern, std::string_view text) {
    if (!memory) memory = std::make_shared<pattern_cache>();
    return static_cast<pattern_cache*>(memory.get())->search(pattern, text);
}

} // namespace

pattern_engine const engine_of_patterns{search_pattern, search_again, nullptr};
pattern_engine const engine_of_unicode_patterns{search_pattern, search_again, kind_of};

} // namespace parley::detail

#endif
