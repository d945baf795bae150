// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_CONFIG_IPP
#define PARLEY_CORE_CONFIG_IPP

#include <parley/core/config.hpp>

namespace parley::inline PARLEY_ABI {

extern char const define_PARLEY_IMPLEMENTATION_in_exactly_one_unit = 0;

} // namespace parley

#endif
