// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_VERSION_HPP
#define PARLEY_CORE_VERSION_HPP

/// The version of the library: major * 10'000 + minor * 100 + patch.
#define PARLEY_VERSION 200
/// The version of the library as text.
#define PARLEY_VERSION_STRING "0.2.0"
/// The inline namespace of all names. It contains the version, so that a program may link several versions of the library.
#ifndef PARLEY_ABI
#define PARLEY_ABI v0_2_0
#endif

#endif
