// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_DETAIL_LOWER_CASE_HPP
#define PARLEY_CORE_DETAIL_LOWER_CASE_HPP

#include <parley/core/text.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns `text` with its ASCII letters in lower case.
inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = ascii_lower(c);
    return lower;
}

} // namespace parley::detail

#endif
