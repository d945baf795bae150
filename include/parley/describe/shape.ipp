// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_SHAPE_IPP
#define PARLEY_DESCRIBE_SHAPE_IPP

#include <parley/describe/shape.hpp>

#include <algorithm>

namespace parley {

std::size_t items_to_add(std::size_t size, list_progress const& progress) noexcept {
    // Short lists say little of what follows, but that a single item is rare.
    if (size < 16) return std::max<std::size_t>(size, 2);
    auto const likely = progress.left / (progress.read / size + 1) + 1;
    return std::clamp(likely + likely / 8, size / 2, 7 * size); // items may be shorter than those before
}

} // namespace parley

#endif
