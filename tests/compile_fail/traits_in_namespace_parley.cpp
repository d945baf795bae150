// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// parley_traits is declared in namespace parley instead of the namespace of the type.
// expect: parley_traits_is_in_another_namespace_than<color>
// expect: parley: parley_traits of this type is declared in another namespace, where it has no effect

#include <parley/json.hpp>

#include <boost/describe.hpp>

enum class color { red, green };

#ifdef MISTAKE
namespace parley {
constexpr auto parley_traits(color const*) { return parley::traits(parley::as_integer()); }
} // namespace parley
#else
constexpr auto parley_traits(color const*) { return parley::traits(parley::as_integer()); }
#endif

auto text(color c) { return parley::to_json(c); }
