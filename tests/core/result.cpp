// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/result.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

TEST_SUITE_BEGIN("core");

using text_result = parley::result<std::string, int>;

TEST_CASE("result: holds a value or an error") {
    text_result good = std::string("a"), bad = 7;
    CHECK(good);
    CHECK(*good == "a");
    CHECK(good->size() == 1);
    CHECK(!bad);
    CHECK(bad.error() == 7);
    CHECK_THROWS_AS(bad.value(), parley::bad_result<int>);
    CHECK_THROWS_AS(bad.value(), parley::exception);
}

TEST_CASE("result: bad_result has the message of the error") {
    parley::result<int> const bad = parley::data_error{{{parley::errc::missing_field, "/a", "missing field"}}};
    CHECK_THROWS_WITH(bad.value(), "/a: missing field");
}

TEST_CASE("result: move-only values are moved") {
    parley::result<std::unique_ptr<int>, int> made = std::make_unique<int>(3);
    auto const owned = std::move(made).value();
    CHECK(*owned == 3);
}

TEST_CASE("result: move-only errors are moved") {
    parley::result<int, std::unique_ptr<int>> failed = std::make_unique<int>(4);
    REQUIRE(!failed);
    auto const why = std::move(failed).error();
    CHECK(*why == 4);
}

TEST_CASE("result: bad_result has the error, and a default message") {
    text_result const bad = 7;
    CHECK(!bad.has_value());
    CHECK_THROWS_WITH(bad.value(), "the result has no value");
    try {
        (void)bad.value();
    } catch (parley::bad_result<int> const& thrown) { CHECK(thrown.error() == 7); }
}

TEST_CASE("result: a value can be changed and replaced in place") {
    text_result made = std::string("a");
    *made += "b";
    made.value() += "c";
    made->push_back('d');
    CHECK(*made == "abcd");
    made = 3;
    CHECK(made.error() == 3);
    made.error() = 5;
    CHECK(std::as_const(made).error() == 5);
    made = std::string("again");
    CHECK(*std::move(made) == "again");
}

// value() of an rvalue returns by value, not a dangling reference.
static_assert(std::is_same_v<decltype(std::declval<text_result>().value()), std::string>);
static_assert(!std::is_convertible_v<text_result, bool>);

TEST_CASE("result: value_or returns the value, or its argument") {
    text_result const good = std::string("a"), bad = 7;
    CHECK(good.value_or("b") == "a");
    CHECK(bad.value_or("b") == "b");
    parley::result<std::unique_ptr<int>, int> made = std::make_unique<int>(3);
    CHECK(*std::move(made).value_or(nullptr) == 3);
}

TEST_CASE("result: transform changes the value and keeps the error") {
    text_result const good = std::string("abc"), bad = 7;
    auto const size = [](std::string const& s) { return s.size(); };
    static_assert(std::is_same_v<decltype(good.transform(size)), parley::result<std::size_t, int>>);
    CHECK(*good.transform(size) == 3);
    CHECK(bad.transform(size).error() == 7);
    parley::result<std::unique_ptr<int>, int> made = std::make_unique<int>(3);
    CHECK(**std::move(made).transform([](std::unique_ptr<int> p) { return p; }) == 3);
}

TEST_CASE("result: and_then continues with the value, or_else with the error") {
    auto const parse = [](std::string const& s) {
        return s == "1" ? parley::result<long, int>(1L) : parley::result<long, int>(2);
    };
    CHECK(*text_result(std::string("1")).and_then(parse) == 1);
    CHECK(text_result(std::string("x")).and_then(parse).error() == 2);
    CHECK(text_result(7).and_then(parse).error() == 7);

    auto const recover = [](int code) { return code == 7 ? text_result(std::string("recovered")) : text_result(code); };
    CHECK(*text_result(7).or_else(recover) == "recovered");
    CHECK(text_result(8).or_else(recover).error() == 8);
    CHECK(*text_result(std::string("a")).or_else(recover) == "a");
}

TEST_CASE("result: == compares values with values and errors with errors") {
    CHECK(text_result(std::string("a")) == text_result(std::string("a")));
    CHECK(text_result(std::string("a")) != text_result(std::string("b")));
    CHECK(text_result(7) == text_result(7));
    CHECK(text_result(7) != text_result(8));
    CHECK(text_result(7) != text_result(std::string("a")));
}

TEST_SUITE_END();
