// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/rpc_params.hpp>

#include <doctest/doctest.h>

TEST_CASE("params travel by name where nothing else is said") { CHECK(parley::rpc_params{} == parley::rpc_params::by_name); }
