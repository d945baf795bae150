// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ENUMERATION_IPP
#define PARLEY_DESCRIBE_ENUMERATION_IPP

#include <parley/describe/enumeration.hpp>

namespace parley::detail {

std::size_t find_text(std::string_view const* sorted, std::size_t count, std::string_view text) noexcept {
    std::size_t low = 0, high = count;
    while (low < high) {
        auto const middle = (low + high) / 2;
        auto const& one = sorted[middle];
        if (one.size() == text.size()) {
            auto const order = one.compare(text);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle;
        } else if (one.size() < text.size()) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return count;
}

} // namespace parley::detail

#endif
