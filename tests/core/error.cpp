// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/error.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

TEST_SUITE_BEGIN("core");

TEST_CASE("error: a message has one line per violation, the path first") {
    parley::data_error const error{{{parley::errc::missing_field, "/a/b", "missing field", 17},
                                    {parley::errc::syntax, "", "unexpected end of the JSON text", 3},
                                    {parley::errc::range_violation, "/n", "must be less than or equal to 3"}}};
    CHECK(error.message()
          == "/a/b: missing field, at byte 17\nunexpected end of the JSON text, at byte 3\n"
             "/n: must be less than or equal to 3");
}

TEST_CASE("error: reference tokens are escaped (RFC 6901)") {
    std::string pointer;
    for (auto const* token : {"a/b", "m~n", "", "~1"}) parley::append_pointer_token(pointer, token);
    CHECK(pointer == "/a~1b/m~0n//~01");
}

TEST_CASE("error: each code has a unique name") {
    CHECK(parley::to_string(parley::errc::missing_field) == "missing field");
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(parley::errc::duplicate_items); ++code) {
        auto const name = parley::to_string(static_cast<parley::errc>(code));
        CHECK(name != "unknown error");
        CHECK(names.insert(name).second);
    }
}

TEST_CASE("error: offset 0 is printed, no_offset is not") {
    parley::violation const first{parley::errc::syntax, "", "not a value", 0};
    CHECK(parley::data_error{{first}}.message() == "not a value, at byte 0");
    CHECK(parley::violation{}.offset == parley::violation::no_offset);
    CHECK(parley::data_error{}.message().empty());
}

TEST_CASE("error: JSON Pointers of RFC 6901, section 5") {
    std::pair<char const*, char const*> const examples[] = {
        {"foo", "/foo"}, {"0", "/0"},       {"", "/"},         {"a/b", "/a~1b"}, {"c%d", "/c%d"}, {"e^f", "/e^f"},
        {"g|h", "/g|h"}, {"i\\j", "/i\\j"}, {"k\"l", "/k\"l"}, {" ", "/ "},      {"m~n", "/m~0n"}};
    for (auto const& [token, pointer] : examples) {
        std::string out;
        parley::append_pointer_token(out, token);
        CHECK(out == pointer);
    }
}

TEST_CASE("error: violations are equal if all members are") {
    parley::violation const one{parley::errc::syntax, "/a", "text", 3};
    auto other = one;
    CHECK(one == other);
    other.offset = 4;
    CHECK(one != other);
}

TEST_SUITE_END();
