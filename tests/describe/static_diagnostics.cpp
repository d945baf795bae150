// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/static_diagnostics.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <type_traits>

namespace {

struct subject {};
constexpr std::array<std::string_view, 3> names{"city", "", "days_"};

// Stands for a template whose static_assert fails: says what it would show.
template <class Subject, char... Name>
struct mistake {
    static constexpr char name[] = {Name..., '\0'};
    static constexpr bool reported = std::is_same_v<Subject, subject> && std::string_view(name) == "city";
};
template <class Subject, char... Name>
struct mistake_about_days {
    static constexpr bool reported = std::is_same_v<mistake<Subject, Name...>, mistake<subject, 'd', 'a', 'y', 's', '_'>>;
};
template <class Subject, char... Name>
struct mistake_without_name {
    static constexpr bool reported = sizeof...(Name) == 0;
};

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("static_diagnostics: a mistake is instantiated with the struct and the characters of the member's name") {
    using parley::detail::diagnose;
    CHECK(diagnose<mistake, subject, names, 0>());
    CHECK(!diagnose<mistake, int, names, 0>());
    CHECK(!diagnose<mistake, subject, names, 2>());
    CHECK(diagnose<mistake_about_days, subject, names, 2>());
    CHECK(!diagnose<mistake_about_days, subject, names, 0>());
    CHECK(diagnose<mistake_without_name, subject, names, 1>());
}

TEST_CASE("static_diagnostics: always_false is false for each list of types") {
    CHECK(!parley::detail::always_false<>);
    CHECK(!parley::detail::always_false<int, void, subject>);
}

TEST_SUITE_END();
