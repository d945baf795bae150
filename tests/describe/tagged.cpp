// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/tagged.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("describe");

TEST_CASE("tagged: get_if finds an alternative by its tag") {
    using setting = std::variant<std::monostate, parley::tagged<"text", std::string>, parley::tagged<"path", std::string>>;
    setting s = parley::tagged<"path", std::string>{"/tmp"};
    REQUIRE(parley::get_if<"path">(&s));
    CHECK(*parley::get_if<"path">(&s) == "/tmp");
    CHECK(!parley::get_if<"text">(&s));
    *parley::get_if<"path">(&s) = "/var";
    CHECK(*parley::get_if<"path">(&s) == "/var");
}

TEST_SUITE_END();
