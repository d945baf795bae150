// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An enumeration is not described.
// expect: parley: this enumeration is not described

#include <parley/json.hpp>

#include <boost/describe.hpp>

enum class color { red, green };
#ifndef MISTAKE
BOOST_DESCRIBE_ENUM(color, red, green)
#endif

auto text(color c) { return parley::to_json(c); }
