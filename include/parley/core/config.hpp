// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_CONFIG_HPP
#define PARLEY_CORE_CONFIG_HPP

#include <parley/core/version.hpp>

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "parley needs C++20: compile with -std=c++20 or later"
#endif

namespace parley::inline PARLEY_ABI {

// Everything that is no template is defined by one unit of the program: the one that defines PARLEY_IMPLEMENTATION
// before it includes parley. Each unit that includes a header with such a part refers to this symbol, so that a
// forgotten implementation makes the linker print its name, and a doubled one makes it print it as defined twice.
extern char const define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;

namespace {
[[maybe_unused, gnu::used]] char const* const one_unit_rule = &define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;
}

} // namespace parley

#endif
