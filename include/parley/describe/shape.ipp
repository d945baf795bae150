// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_SHAPE_IPP
#define PARLEY_DESCRIBE_SHAPE_IPP

#include <parley/describe/shape.hpp>

#include <algorithm>
#include <string_view>

namespace parley::inline PARLEY_ABI {

std::size_t items_to_add(std::size_t size, list_progress const& progress) noexcept {
    // Too few items for an estimate. A list of a single item is rare.
    if (size < 16) return std::max<std::size_t>(size, 2);
    auto const likely = progress.left / (progress.read / size + 1) + 1;
    return std::clamp(likely + likely / 8, size / 2, 7 * size); // further items may be smaller
}

namespace detail {

std::string_view kind_name(shape_kind kind) noexcept {
    switch (kind) {
    case shape_kind::boolean: return "a boolean";
    case shape_kind::integer: return "an integer";
    case shape_kind::floating: return "a number";
    case shape_kind::text: return "a string";
    case shape_kind::blob: return "a base64 string";
    case shape_kind::timestamp: return "a timestamp";
    case shape_kind::enumeration: return "a string";
    case shape_kind::structure:
    case shape_kind::tagged_union:
    case shape_kind::map: return "an object";
    case shape_kind::list: return "an array";
    case shape_kind::document:
    case shape_kind::json_value: return "a value";
    }
    return "a value";
}

} // namespace detail

} // namespace parley

#endif
