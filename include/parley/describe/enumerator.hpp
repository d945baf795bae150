// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ENUMERATOR_HPP
#define PARLEY_DESCRIBE_ENUMERATOR_HPP

#include <parley/core/version.hpp>

#include <array>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// One value of an enumeration and its text on the wire.
///
/// Describes enumerations for which BOOST_DESCRIBE_ENUM does not suffice: with more than 52 values (its limit in Boost 1.81), or with texts
/// that are not C++ identifiers. Define this function in the namespace of the enumeration instead:
///
///     constexpr auto parley_enumerators(size const*) {
///         return std::to_array<parley::enumerator<size>>({{size::small, "t2.small"}, {size::large, "t2.large"}});
///     }
template <class E>
struct enumerator {
    E value;               ///< The value.
    std::string_view text; ///< Its text on the wire.
    bool internal = false; ///< Accepted, but not published: see `parley::internal`.
};

namespace detail {

template <class E>
concept has_enumerators = requires(E const* type) {
    parley_enumerators(type);
};

} // namespace detail
} // namespace parley

#endif
