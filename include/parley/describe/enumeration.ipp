// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ENUMERATION_IPP
#define PARLEY_DESCRIBE_ENUMERATION_IPP

#include <parley/describe/enumeration.hpp>

namespace parley::inline PARLEY_ABI::detail {

std::size_t sorted_texts::find(std::string_view text) const noexcept {
    constexpr std::size_t few = 8;
    if (count <= few) {
        std::size_t i = 0;
        while (i != count && texts[i] != text) ++i;
        return i;
    }
    std::size_t low = 0, high = count;
    while (low < high) {
        auto const middle = (low + high) / 2;
        auto const& one = texts[order[middle]];
        if (one.size() == text.size()) {
            auto const compared = one.compare(text);
            if (compared == 0) return order[middle];
            if (compared < 0) low = middle + 1;
            else high = middle;
        } else if (one.size() < text.size()) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return count;
}

void keep_unknown(std::optional<std::string>& kept, bool known, std::string_view text) {
    if (known) kept.reset();
    else kept.emplace(text);
}

} // namespace parley::detail

#endif
