// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/json/locate.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("json");

using namespace parley::detail;

namespace {
std::string const text = R"({"a": [10, {"b/c": "x\n\u00e9\ud83d\ude00"}], "a~": null, "d": {}, "D": 1, "a": [11, 12]})";
}

TEST_CASE("locate: a pointer finds a value, the last one of duplicate members") {
    CHECK(find_json(text, "")->text == text);
    CHECK(find_json(text, "/a/1")->text == "12");
    CHECK(find_json(text, "/a~0")->text == "null");
    CHECK(find_json(text, "/d")->text == "{}");
    CHECK(!find_json(text, "/d/x"));
    CHECK(!find_json(text, "/a/2"));
    CHECK(!find_json(text, "/a/01"));
    CHECK(!find_json(text, "/a/-"));
}

TEST_CASE("locate: the offset is that of the innermost existing value") {
    CHECK(locate_json(text, "") == 0);
    CHECK(locate_json(text, "/a/0") == text.rfind("11"));
    CHECK(locate_json(text, "/d/missing") == text.find("{}"));
}

TEST_CASE("locate: names compared without case find the first match") {
    CHECK(find_json_member(text, "D", true)->text == "{}");
    CHECK(find_json_member(text, "D")->text == "1");
}

TEST_CASE("locate: scalars have a text") {
    CHECK(json_scalar_text(R"("x\n\u00e9\ud83d\ude00\"")") == "x\n\xc3\xa9\xf0\x9f\x98\x80\"");
    CHECK(json_scalar_text("1.50") == "1.50");
    CHECK(json_scalar_text("true") == "true");
    CHECK(!json_scalar_text("null"));
    CHECK(!json_scalar_text("{}"));
    CHECK(!json_scalar_text(""));
}

TEST_CASE("locate: invalid JSON ends the search") {
    for (std::size_t size = 0; size <= text.size(); ++size) {
        auto const part = std::string_view(text).substr(0, size);
        for (auto const* pointer : {"", "/a", "/a/1", "/a/1/b~1c", "/x/y"}) {
            CHECK(locate_json(part, pointer) <= size);
            if (auto const found = find_json(part, pointer)) json_scalar_text(found->text);
        }
    }
    for (auto const* bad : {"{{{{", "[[[[,,,,]]]]", "{\"a\"", "{\"a\":}", "\"\\", "\"\\u", "\"\\u1", "}}}}", ",", ":"}) {
        CAPTURE(bad);
        find_json(bad, "/a/0/b");
        json_scalar_text(bad);
    }
}

TEST_CASE("locate: the outermost value ends before trailing space") {
    CHECK(find_json(" \"x \" \t\r\n", "")->text == "\"x \"");
    CHECK(json_scalar_text(find_json("\"x\"\n", "")->text) == "x");
    CHECK(find_json(" 12\n", "")->text == "12");
    CHECK(find_json(" \n", "")->text.empty());
}

TEST_SUITE_END();
