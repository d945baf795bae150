// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/media_type.hpp>

#include <parley/http/response.hpp>

#include <doctest/doctest.h>

using parley::detail::accepts;

TEST_CASE("parameters are no part of a type") {
    CHECK(parley::detail::essence_of("application/json; charset=utf-8") == "application/json");
    CHECK(parley::detail::essence_of(" text/plain\t") == "text/plain");
    CHECK(parley::detail::essence_of("") == "");
}

TEST_CASE("a type is accepted if a range fits") {
    // RFC 9110, section 12.5.1
    CHECK(accepts("text/*;q=0.3, text/plain;q=0.7, */*;q=0.5", "image/jpeg"));
    CHECK(accepts("audio/*; q=0.2, audio/basic", "Audio/Basic"));
    CHECK(accepts("application/*", "application/json"));
    CHECK(!accepts("application/hal+json", "application/json"));
    CHECK(!accepts("text/*, image/png", "application/json"));
    CHECK(!accepts("textual/*", "text/plain"));
    CHECK(!accepts("", "text/plain"));
    CHECK(!accepts(",,;,", "text/plain"));
}

TEST_CASE("a range without weight is refused by the peer, if no other fits better") {
    CHECK(!accepts("application/json;q=0", "application/json"));
    CHECK(!accepts("application/json; q=0.000, */*", "application/json"));
    CHECK(accepts("*/*;q=0, application/json;Q=0.001", "application/json"));
    CHECK(accepts("application/json;level=1;q=0.1", "application/json"));
}

TEST_CASE("a message without the field takes anything, and one with several takes what any says") {
    parley::http_response message{200, {}, {}};
    CHECK(accepts(parley::view_of(message), "text/plain"));
    message.fields.add("accept", "");
    CHECK(accepts(parley::view_of(message), "text/plain"));
    message.fields.add("Accept", "image/png");
    CHECK(!accepts(parley::view_of(message), "text/plain"));
    message.fields.add("accept", "text/*");
    CHECK(accepts(parley::view_of(message), "text/plain"));
    auto view = parley::view_of(message);
    view.each = nullptr; // a stack that can look up alone
    CHECK(accepts(view, "text/plain"));
}
