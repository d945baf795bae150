// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/box.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

TEST_SUITE_BEGIN("describe");

namespace {
struct chain {
    std::string name;
    std::optional<parley::box<chain>> next{};
};
} // namespace

TEST_CASE("box: copies are deep") {
    chain first{"a", parley::box<chain>(chain{"b"})};
    auto second = first;
    (*second.next)->name = "c";
    CHECK((*first.next)->name == "b");
    parley::box<int> x = 1, y = 2;
    x = y;
    *y = 3;
    CHECK(*x == 2);
    auto moved = std::move(x);
    CHECK(!x.has_value());
    CHECK(*moved == 2);
    CHECK(parley::box<int>(2) == moved);
}

TEST_SUITE_END();
