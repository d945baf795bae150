// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/required.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("describe");

namespace {
struct input {
    parley::required<std::string> city;
    parley::required<int> days;
};
} // namespace

TEST_CASE("required: behaves like its value") {
    input in{.city = "Ghent", .days = 3};
    std::string const& city = in.city;
    CHECK(city == "Ghent");
    CHECK(in.city->size() == 5);
    *in.city += "!";
    CHECK(in.city == std::string("Ghent!"));
    in.city = "Bruges";
    CHECK(*in.city == "Bruges");
    static_assert(!std::is_default_constructible_v<parley::required<int>>);
    static_assert(sizeof(parley::required<std::string>) == sizeof(std::string));
}

TEST_SUITE_END();
