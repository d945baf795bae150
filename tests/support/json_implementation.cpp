// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The part of the implementation that the tests of JSON need.
#define PARLEY_IMPLEMENTATION
#include <parley/json.hpp>
#include <parley/json/document.hpp>
