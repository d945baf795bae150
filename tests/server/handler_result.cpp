// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/handler_result.hpp>

#include <support/garden.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("server");

using namespace garden;
using answer = parley::handler_result<get_plant>;

// Only the output and the errors of the operation and its service.
static_assert(std::is_convertible_v<
                  plant, answer> && std::is_convertible_v<no_such_plant, answer> && std::is_convertible_v<closed_today, answer>);
static_assert(
    !std::is_constructible_v<
        answer, int> && !std::is_constructible_v<answer, std::string> && !std::is_constructible_v<answer, count_plants::output>);
static_assert(
    std::is_convertible_v<
        parley::result<plant, no_such_plant>,
        answer> && std::is_convertible_v<parley::result<plant, std::variant<no_such_plant, closed_today>>, answer> && !std::is_constructible_v<answer, parley::result<plant, int>> && !std::is_constructible_v<answer, std::variant<plant, int>>);

TEST_CASE("handler_result: converts from outputs, errors, variants and results") {
    CHECK(std::get<plant>(answer(plant{"a", {}}).what()).name == "a");
    CHECK(std::get<closed_today>(answer(closed_today{"b", ""}).what()).message == "b");
    std::variant<plant, no_such_plant> const either = no_such_plant{"c"};
    CHECK(std::get<no_such_plant>(answer(either).what()).message == "c");
    parley::result<plant, std::variant<no_such_plant, closed_today>> const found = plant{"d", {}};
    CHECK(std::get<plant>(answer(found).what()).name == "d");
    parley::result<plant, std::variant<no_such_plant, closed_today>> const lost{
        std::variant<no_such_plant, closed_today>(closed_today{"e", ""})};
    CHECK(std::get<closed_today>(answer(lost).what()).message == "e");
}

TEST_SUITE_END();
