// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/rpc_params.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

TEST_CASE("rpc_params: the default is by name") { CHECK(parley::rpc_params{} == parley::rpc_params::by_name); }

TEST_SUITE_END();
