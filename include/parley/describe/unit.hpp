// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_UNIT_HPP
#define PARLEY_DESCRIBE_UNIT_HPP

#include <parley/core/version.hpp>

#include <boost/describe/class.hpp>

namespace parley::inline PARLEY_ABI {

/// Nothing: the input or output of an operation that has none, or an alternative of a union that says no more than its name.
/// On the wire it is an empty object. https://smithy.io/2.0/spec/model.html#unit-type
struct unit {
    friend bool operator==(unit const&, unit const&) = default;
};
BOOST_DESCRIBE_STRUCT(unit, (), ())

} // namespace parley

#endif
