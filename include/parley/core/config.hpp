// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_CONFIG_HPP
#define PARLEY_CORE_CONFIG_HPP

#include <parley/core/version.hpp>

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "parley needs C++20: compile with -std=c++20 or later"
#endif

namespace parley::inline PARLEY_ABI {

/// Defined in the translation unit that contains the implementation.
///
/// Exactly one translation unit of a program defines PARLEY_IMPLEMENTATION before it includes parley. It contains all definitions
/// that are not templates. Every other translation unit refers to this symbol, so that the linker reports its name if the
/// implementation is missing or defined twice.
extern char const define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;

namespace {
[[maybe_unused, gnu::used]] char const* const one_unit_rule = &define_PARLEY_IMPLEMENTATION_in_exactly_one_unit;
}

} // namespace parley

#endif
