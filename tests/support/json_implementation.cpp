// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// What the tests of JSON need of the implementation.
#define PARLEY_IMPLEMENTATION
#include <parley/json.hpp>
#include <parley/json/document.hpp>
