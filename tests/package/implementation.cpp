// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/parley.hpp>
