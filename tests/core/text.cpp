// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/text.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("core");

static_assert(parley::detail::ascii_lower('Z') == 'z' && parley::detail::ascii_lower('[') == '[');
static_assert(parley::detail::equals_ignore_case("X-Amzn-RequestId", "x-amzn-requestid"));
static_assert(!parley::detail::equals_ignore_case("a", "ab") && !parley::detail::equals_ignore_case("@", "`"));
static_assert(parley::detail::equals_ignore_case("", "") && !parley::detail::equals_ignore_case("[", "{"));
static_assert(parley::detail::trim(" \ta b\t ") == "a b" && parley::detail::trim(" \t").empty()
              && parley::detail::trim("").empty());
static_assert(parley::detail::trim("\n a\r") == "\n a\r"); // line ends are not optional whitespace
static_assert(parley::detail::position_of('b', "abab") == 1 && parley::detail::position_of('b', "abab", 2) == 3
              && parley::detail::position_of('c', "ab") == std::string_view::npos);

TEST_CASE("text: only the 26 ASCII capitals have a lower case") {
    for (int c = -128; c < 128; ++c) {
        bool const capital = c >= 65 && c <= 90; // US-ASCII; a small letter is its capital plus 32
        CHECK(parley::detail::ascii_lower(static_cast<char>(c)) == static_cast<char>(capital ? c + 32 : c));
    }
}

TEST_CASE("text: letters beyond ASCII are unchanged") { CHECK(!parley::detail::equals_ignore_case("\xc3\x89", "\xc3\xa9")); }

TEST_SUITE_END();
