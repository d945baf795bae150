// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/result.hpp>

#include <doctest/doctest.h>

#include <memory>

using text_result = parley::result<std::string, int>;

TEST_CASE("a result is a value or an error") {
    text_result good = std::string("a"), bad = 7;
    CHECK(good);
    CHECK(*good == "a");
    CHECK(good->size() == 1);
    CHECK(!bad);
    CHECK(bad.error() == 7);
    CHECK_THROWS_AS(bad.value(), parley::bad_result<int>);
    CHECK_THROWS_AS(bad.value(), parley::exception);
}

TEST_CASE("an error with a message tells it when it is thrown") {
    parley::result<int> const bad = parley::data_error{{{parley::errc::missing_field, "/a", "missing field"}}};
    CHECK_THROWS_WITH(bad.value(), "/a: missing field");
}

TEST_CASE("values that can only be moved are moved") {
    parley::result<std::unique_ptr<int>, int> made = std::make_unique<int>(3);
    auto const owned = std::move(made).value();
    CHECK(*owned == 3);
}
