// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The one unit of a program that holds the implementation, of all doors that have some.
#define PARLEY_IMPLEMENTATION
#include <parley/json/document.hpp>
#include <parley/openapi/openapi.hpp>
#include <parley/parley.hpp>
