// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/fixed_string.hpp>

#include <doctest/doctest.h>

#include <string_view>
#include <type_traits>

namespace {

template <parley::fixed_string Text>
struct named {
    static constexpr std::string_view name = Text.view();
};

} // namespace

TEST_SUITE_BEGIN("core");

TEST_CASE("fixed_string: the view is the literal without its terminating zero") {
    CHECK(named<"city">::name == "city");
    CHECK(named<"">::name.empty());
    CHECK(named<"a\0b">::name == std::string_view("a\0b", 3));
    CHECK(named<"\xc3\xa9">::name == "\xc3\xa9");
    static constexpr parley::fixed_string city("city");
    CHECK(city.view().data()[city.view().size()] == '\0'); // a C string as well
}

TEST_CASE("fixed_string: equal texts are one template argument, others are not") {
    static constexpr char separate[] = {'c', 'i', 't', 'y', '\0'};
    CHECK(std::is_same_v<named<"city">, named<separate>>);
    CHECK(!std::is_same_v<named<"city">, named<"town">>);
    CHECK(!std::is_same_v<named<"city">, named<"City">>);
    CHECK(!std::is_same_v<named<"a">, named<"a\0">>);
}

TEST_CASE("fixed_string: a view gives its first characters") {
    constexpr std::string_view text = "weather";
    CHECK(parley::fixed_string<8>(text).view() == "weather");
    CHECK(parley::fixed_string<5>(text).view() == "weat");
    CHECK(parley::fixed_string<1>(text).view() == "");
    CHECK(std::is_same_v<named<parley::fixed_string<8>(text)>, named<"weather">>);
}

TEST_SUITE_END();
