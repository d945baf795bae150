// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/headers.hpp>

#include <doctest/doctest.h>

TEST_CASE("names have no case, fields keep their order") {
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

TEST_CASE("what would break a message is no name and no value") {
    for (auto const* name : {"", "a b", "a:", "a\r\n", "\xc3\xa9", "a\x7f"}) CHECK(!parley::is_header_name(name));
    CHECK(parley::is_header_name("x-Amz_1.a!~"));
    for (auto const value : {std::string_view("a\r\nb: c"), std::string_view("a\n"), std::string_view("a\0b", 3)})
        CHECK(!parley::is_header_value(value));
    CHECK(parley::is_header_value("a\tb \xc3\xa9"));
    CHECK(parley::is_header_value(""));
}
