// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/text.hpp>

#include <doctest/doctest.h>

static_assert(parley::ascii_lower('Z') == 'z' && parley::ascii_lower('[') == '[');
static_assert(parley::equals_ignore_case("X-Amzn-RequestId", "x-amzn-requestid"));
static_assert(!parley::equals_ignore_case("a", "ab") && !parley::equals_ignore_case("@", "`"));
static_assert(parley::trim(" \ta b\t ") == "a b" && parley::trim(" \t").empty());

TEST_CASE("letters beyond ASCII are left alone") { CHECK(!parley::equals_ignore_case("\xc3\x89", "\xc3\xa9")); }
