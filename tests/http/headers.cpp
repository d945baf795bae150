// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/headers.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>

TEST_SUITE_BEGIN("http");

TEST_CASE("headers: names are case-insensitive and fields keep their order") {
    parley::headers h{{"A", "1"}, {"b", "2"}};
    h.add("a", "3");
    CHECK(h.find("a") == "1");
    CHECK(h.find("B") == "2");
    CHECK(!h.contains("c"));
    h.set("A", "4");
    CHECK(h == parley::headers{{"b", "2"}, {"A", "4"}});
    CHECK(h.erase("B") == 1);
    CHECK(h.size() == 1);
}

TEST_CASE("headers: delimiters are invalid in names and values") {
    for (auto const* name : {"", "a b", "a:", "a\r\n", "\xc3\xa9", "a\x7f"}) CHECK(!parley::is_header_name(name));
    CHECK(parley::is_header_name("x-Amz_1.a!~"));
    for (auto const value : {std::string_view("a\r\nb: c"), std::string_view("a\n"), std::string_view("a\0b", 3)})
        CHECK(!parley::is_header_value(value));
    CHECK(parley::is_header_value("a\tb \xc3\xa9"));
    CHECK(parley::is_header_value(""));
}

TEST_CASE("headers: arguments may be views of the changed object") {
    parley::headers h{{"a", std::string(100, 'x')}, {"b", "2"}};
    for (int i = 0; i < 20; ++i) h.add((*h.begin()).name, *h.find("a"));
    CHECK(h.size() == 22);
    h.set(h.begin()->name, *h.find("b"));
    CHECK(h == parley::headers{{"b", "2"}, {"a", "2"}});
    CHECK(h.erase(h.begin()->name) == 1);
    CHECK(h == parley::headers{{"a", "2"}});
}

TEST_CASE("headers: fields may have any bytes") {
    using namespace std::string_view_literals;
    parley::headers h;
    h.add("", "");
    h.add("n", "\0\r\n"sv);
    CHECK(h.size() == 2);
    CHECK(h.find("n") == "\0\r\n"sv);
    CHECK(h.find("") == "");
    CHECK(parley::headers{{"ab", "c"}} != parley::headers{{"a", "bc"}});
}

TEST_CASE("headers: a forward range") {
    static_assert(std::ranges::forward_range<parley::headers const>);
    parley::headers const h{{"A", "1"}, {"b", "2"}};
    std::string all;
    for (auto const& [name, value] : h) all.append(name).append(value);
    CHECK(all == "A1b2");
    auto const field = std::ranges::find(h, std::string_view("b"), &parley::header::name);
    REQUIRE(field != h.end());
    CHECK(field->value == "2");
}

TEST_SUITE_END();
