// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/unit.hpp>

#include <parley/json.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

TEST_CASE("unit: an empty object on the wire") {
    CHECK(parley::to_json(parley::unit{}).value() == "{}");
    CHECK(parley::from_json<parley::unit>(R"({"ignored":1})"));
    CHECK(!parley::from_json<parley::unit>("1"));
}

TEST_SUITE_END();
