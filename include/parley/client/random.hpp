// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_RANDOM_HPP
#define PARLEY_CLIENT_RANDOM_HPP

#include <parley/core/config.hpp>

#include <string>

namespace parley::inline PARLEY_ABI::detail {

/// Returns a random number within [0, 1).
double random_fraction();

/// Returns a random UUID (RFC 9562, version 4).
std::string random_uuid();

} // namespace parley::detail

#endif
