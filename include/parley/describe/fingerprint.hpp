// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FINGERPRINT_HPP
#define PARLEY_DESCRIBE_FINGERPRINT_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstddef>
#include <string>

namespace parley::inline PARLEY_ABI::detail {

/// Appends a text that is the same for equal values only. Equal items of a list are found by sorting these texts.
///
/// @param access How `place` holds the value; null if `place` is the value.
/// @param depth  Number of levels to include. Deeper values are ignored.
void append_fingerprint(std::string& out, shape const& type, value_access const* access, void const* place, std::size_t depth);

/// Returns the fingerprint of `value`, to a depth of 64 levels.
template <class T>
std::string fingerprint(T const& value) {
    std::string text;
    append_fingerprint(text, shape_of<T>, nullptr, value_access_of<T>::get_if(&value), 64);
    return text;
}

} // namespace parley::detail

#endif
