// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/encode.hpp>

#include <support/types.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

TEST_SUITE_BEGIN("json");

using namespace types;
using parley::to_json;

TEST_CASE("encode: a struct with members of every kind is written in the order of its description") {
    CHECK(to_json(sample()).value() == sample_text);
}

TEST_CASE("encode: absent members are omitted, empty ones are written") {
    tree t;
    CHECK(to_json(t).value() == R"({"name":"","children":[]})");
}

TEST_CASE("encode: write_json appends and reuses the buffer's memory") {
    std::string buffer = "data: ";
    CHECK(!parley::write_json(buffer, point{1, 2}));
    CHECK(buffer == R"(data: {"x":1,"y":2})");
    auto const* memory = buffer.data();
    buffer.clear();
    CHECK(!parley::write_json(buffer, point{3, 4}));
    CHECK(buffer.data() == memory);
}

TEST_CASE("encode: numbers are the shortest that parse to the same value") {
    CHECK(to_json(0.1).value() == "0.1");
    CHECK(to_json(1.0).value() == "1");
    CHECK(to_json(-0.0).value() == "-0");
    CHECK(to_json(0.1F).value() == "0.1");
    CHECK(to_json(std::numeric_limits<double>::quiet_NaN()).value() == "\"NaN\"");
    CHECK(to_json(-INFINITY).value() == "\"-Infinity\"");
    CHECK(to_json(INT64_MIN).value() == "-9223372036854775808");
}

TEST_CASE("encode: only characters that require it are escaped") {
    std::string all;
    for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
    auto const text = to_json(all).value();
    CHECK(text.starts_with(R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010)"));
    CHECK(text.find(R"(!\"#)") != std::string::npos);
    CHECK(text.find(R"([\\])") != std::string::npos);
    CHECK(text.find('\x7f') != std::string::npos);
}

TEST_CASE("encode: values that cannot be written are reported with their paths") {
    tree t{"root", {tree{"\xff", {}, {}}}, {}};
    auto const bad = to_json(t);
    REQUIRE(!bad);
    CHECK(bad.error().message() == "/children/0/name: invalid UTF-8");

    CHECK(to_json(figure{}).error().message() == "no alternative of the union is set");
    CHECK(to_json(static_cast<color>(77)).error().message() == "the enumeration value has no name");
    CHECK(to_json(std::map<std::string, color>{{"a/b", static_cast<color>(77)}}).error().violations[0].path == "/a~1b");
}

TEST_CASE("encode: a value nested more deeply than the limit is an error") {
    tree t{"leaf", {}, {}};
    for (int i = 0; i < 400; ++i) t = tree{"n", {std::move(t)}, {}};
    auto const bad = to_json(t);
    REQUIRE(!bad);
    CHECK(bad.error().violations[0].code == parley::errc::limit_exceeded);
}

TEST_SUITE_END();
