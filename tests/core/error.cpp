// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/core/error.hpp>

#include <doctest/doctest.h>

TEST_CASE("an error is one line for each violation, the path first") {
    parley::data_error const error{{{parley::errc::missing_field, "/a/b", "missing field", 17},
                                    {parley::errc::syntax, "", "the text ends within a value", 3},
                                    {parley::errc::range_violation, "/n", "must be less than or equal to 3"}}};
    CHECK(error.message() == "/a/b: missing field, at byte 17\nthe text ends within a value, at byte 3\n"
                             "/n: must be less than or equal to 3");
}

TEST_CASE("reference tokens are escaped as RFC 6901 says") {
    std::string pointer;
    for (auto const* token : {"a/b", "m~n", "", "~1"}) parley::append_pointer_token(pointer, token);
    CHECK(pointer == "/a~1b/m~0n//~01");
}

TEST_CASE("each code has a name") {
    for (int code = 0; code <= static_cast<int>(parley::errc::duplicate_items); ++code)
        CHECK(parley::to_string(static_cast<parley::errc>(code)) != "unknown error");
}
