// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_FINGERPRINT_HPP
#define PARLEY_DESCRIBE_FINGERPRINT_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstddef>
#include <string>

namespace parley::inline PARLEY_ABI::detail {

/// Appends a text that is equal for equal values only, so that equal items are found by sorting, not by comparing each with
/// each. `held`: how `place` holds the value; null: it is the value. Values below `depth` levels are not looked at.
void append_fingerprint(std::string& out, shape const& what, value_access const* held, void const* place, std::size_t depth);

/// The same for a value of a described or known type, all 64 levels of it.
template <class T>
std::string fingerprint(T const& value) {
    std::string text;
    append_fingerprint(text, shape_of<T>, nullptr, value_access_of<T>::get_if(&value), 64);
    return text;
}

} // namespace parley::detail

#endif
