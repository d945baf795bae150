// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The translation unit with the implementation, including that of optional headers.
#define PARLEY_IMPLEMENTATION
#include <parley/json/document.hpp>
#include <parley/openapi/openapi.hpp>
#include <parley/parley.hpp>
