// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/awaitable_traits.hpp>

#include <doctest/doctest.h>

#include <type_traits>

TEST_SUITE_BEGIN("core");

namespace {
template <class T, class Executor = int>
struct awaits {};
} // namespace

TEST_CASE("awaitable_traits: rebind keeps the other template arguments") {
    CHECK(std::is_same_v<parley::awaitable_traits<awaits<int, long>>::value_type, int>);
    CHECK(std::is_same_v<parley::awaitable_traits<awaits<int, long>>::rebind<char>, awaits<char, long>>);
}

TEST_SUITE_END();
