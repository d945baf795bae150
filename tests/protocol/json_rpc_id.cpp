// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/json_rpc_id.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <type_traits>

TEST_SUITE_BEGIN("protocol");

using parley::json_rpc_id;

static_assert(!std::is_convertible_v<bool, json_rpc_id> && !std::is_convertible_v<double, json_rpc_id>);

TEST_CASE("json_rpc_id: an id is an integer, a string or null") {
    CHECK(json_rpc_id(7).json() == "7");
    CHECK(json_rpc_id(-7).json() == "-7");
    CHECK(json_rpc_id(UINT64_MAX).json() == "18446744073709551615");
    CHECK(json_rpc_id("a7").json() == "\"a7\"");
    CHECK(json_rpc_id(std::string("a\"\\\n")).json() == R"("a\"\\\n")");
    CHECK(json_rpc_id(nullptr).json() == "null");
    CHECK(json_rpc_id().is_null());
    CHECK(!json_rpc_id("null").is_null());
    CHECK(json_rpc_id(1) != json_rpc_id("1"));
}

TEST_CASE("json_rpc_id: ids parsed from different spellings are equal") {
    auto const read = [](char const* json) { return json_rpc_id::from_json(json).value(); };
    CHECK(read("7") == json_rpc_id(7));
    CHECK(read("7.0") == json_rpc_id(7));
    CHECK(read("70e-1") == json_rpc_id(7));
    CHECK(read("-0") == json_rpc_id(0));
    CHECK(read("\"a7\"") == json_rpc_id("a7"));
    CHECK(read(R"("\u0061\/")") == json_rpc_id("a/"));
    CHECK(read(" null ") == json_rpc_id(nullptr));
    CHECK(read("18446744073709551615") == json_rpc_id(UINT64_MAX));
    CHECK(read("\"\"") == json_rpc_id(""));
}

TEST_CASE("json_rpc_id: numbers with a fraction or beyond 64 bits keep their spelling") {
    for (auto const* json : {"1.5", "-2.50", "1e400", "123456789012345678901234567890"})
        CHECK(json_rpc_id::from_json(json).value().json() == json);
}

TEST_CASE("json_rpc_id: other JSON values are rejected") {
    for (auto const* json :
         {"", " ", "true", "false", "[]", "[1]", "{}", "nul", "nulll", "1 2", "01", "-", "\"", "\"\\x\"", "\"\xff\"", "NaN"})
        CHECK(!json_rpc_id::from_json(json));
}

TEST_SUITE_END();
