// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/type_name.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("core");

namespace app {
struct weather {};
template <class T>
struct list {};
} // namespace app

static_assert(parley::detail::qualified_name<app::weather>() == "app::weather");
static_assert(parley::detail::type_name<app::weather>() == "weather");
static_assert(parley::detail::type_name<int>() == "int");

TEST_CASE("type_name: the name has no namespaces") {
    CHECK(parley::detail::type_name<app::list<app::weather>>() == "list<app::weather>");
}

TEST_SUITE_END();
