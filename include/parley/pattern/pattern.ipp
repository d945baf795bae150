// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PATTERN_PATTERN_IPP
#define PARLEY_PATTERN_PATTERN_IPP

#include <parley/pattern/detail/backtracking_matcher.hpp>
#include <parley/pattern/detail/dfa.hpp>
#include <parley/pattern/detail/nfa_matcher.hpp>
#include <parley/pattern/pattern.hpp>

namespace parley::inline PARLEY_ABI::detail {

namespace patterns {

inline bool search_pattern(pattern_view const& pattern, std::string_view text) {
    subject const whole{text.data(), text.data() + text.size()};
    auto const result = backtracking_matcher(pattern, whole).search();
    if (result != backtracking_matcher::search_result::unknown) return result == backtracking_matcher::search_result::yes;
    return nfa_matcher(pattern, whole, pattern.words + 1, false).run([](char const*) { return true; });
}

inline bool search_again(std::shared_ptr<void>& memory, pattern_view const& pattern, std::string_view text) {
    if (!memory) memory = std::make_shared<pattern_cache>();
    return static_cast<pattern_cache*>(memory.get())->search(pattern, text);
}

} // namespace patterns

pattern_engine const engine_of_patterns{patterns::search_pattern, patterns::search_again, nullptr};
pattern_engine const engine_of_unicode_patterns{patterns::search_pattern, patterns::search_again, kind_of};

} // namespace parley::detail

#endif
