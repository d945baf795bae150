// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/document.hpp>

#include <parley/json.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

struct documents {
    std::optional<parley::document> one{};
    std::vector<parley::document> many{};
    int after = 0;
};
BOOST_DESCRIBE_STRUCT(documents, (), (one, many, after))

std::string read_one(std::string const& json) {
    auto const read = parley::from_json<documents>(R"({"one":)" + json + R"(,"many":[],"after":7})");
    REQUIRE_MESSAGE(read, read.error().message());
    CHECK(read->after == 7);
    return read->one ? read->one->json : "absent";
}

} // namespace

TEST_CASE("document: decoding keeps the text without insignificant whitespace") {
    CHECK(read_one("1.50e+3") == "1.50e+3"); // unchanged: no precision is lost
    CHECK(read_one("123456789012345678901234567890") == "123456789012345678901234567890");
    CHECK(read_one(R"("a\"\\\u0000b")") == R"("a\"\\\u0000b")");
    CHECK(read_one("true") == "true");
    CHECK(read_one(" [ ] ") == "[]");
    CHECK(read_one(R"( { "a" : [ 1 , {} , [ ] , null , "x{" , -0 ] , "b" : { "c" : false } } )")
          == R"({"a":[1,{},[],null,"x{",-0],"b":{"c":false}})");
    CHECK(read_one(R"(["{","[",":",","])") == R"(["{","[",":",","])");
}

TEST_CASE("document: null is the value of a required document and the absence of an optional one") {
    CHECK(read_one("null") == "absent");
    auto const read = parley::from_json<documents>(R"({"many":[null,{"a":null}],"after":1})").value();
    REQUIRE(read.many.size() == 2);
    CHECK(read.many[0].json == "null");
    CHECK(read.many[1].json == R"({"a":null})");
    CHECK(parley::from_json<parley::document>("null").value().json == "null");
}

TEST_CASE("document: encoding writes the text unchanged") {
    documents h;
    h.one = parley::document{R"({"a":[1,2]})"};
    h.many = {parley::document{}, parley::document{"3"}};
    CHECK(parley::to_json(h).value() == R"({"one":{"a":[1,2]},"many":[null,3],"after":0})");
}

TEST_CASE("document: encoding an invalid text is an error") {
    documents h;
    for (char const* bad : {"", "{", "1 2", "{\"a\":}", "\xff", "nul"}) {
        h.one = parley::document{bad};
        auto const text = parley::to_json(h);
        REQUIRE(!text);
        CHECK(text.error().violations[0].path == "/one");
    }
}

TEST_CASE("document: the last of duplicate members wins") {
    auto const read = parley::from_json<documents>(R"({"one":{"a":1},"one":[2],"many":[],"after":7})").value();
    CHECK(read.one->json == "[2]");
}

TEST_SUITE_END();
