// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/open_enum.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("describe");

namespace {
enum class color { red, green };
} // namespace

TEST_CASE("open_enum: keeps unknown texts") {
    parley::open_enum<color> known = color::green, unknown = parley::open_enum<color>::unknown("violet");
    CHECK(known == color::green);
    CHECK(known.value() == color::green);
    CHECK(unknown != color::red); // although `value_` is red
    CHECK(!unknown.value());
    CHECK(unknown.unknown_text() == "violet");
    unknown = color::red;
    CHECK(unknown == color::red);
    CHECK(unknown.unknown_text().empty());
}

TEST_SUITE_END();
