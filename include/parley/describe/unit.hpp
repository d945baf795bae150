// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_UNIT_HPP
#define PARLEY_DESCRIBE_UNIT_HPP

#include <parley/core/version.hpp>

#include <boost/describe/class.hpp>

namespace parley::inline PARLEY_ABI {

/// An empty value: the input or output of an operation without one, or an alternative of a union without data. On the wire it is an empty
/// object.
///
/// @see https://smithy.io/2.0/spec/model.html#unit-type
struct unit {
    /// Returns true.
    friend bool operator==(unit const&, unit const&) = default;
};
BOOST_DESCRIBE_STRUCT(unit, (), ())

} // namespace parley

#endif
