// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/media_type.hpp>

#include <parley/http/response.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

using parley::detail::accepts;

TEST_CASE("media_type: the essence has no parameters") {
    CHECK(parley::detail::essence_of("application/json; charset=utf-8") == "application/json");
    CHECK(parley::detail::essence_of(" text/plain\t") == "text/plain");
    CHECK(parley::detail::essence_of("") == "");
}

TEST_CASE("media_type: a type is accepted if a range matches") {
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

TEST_CASE("media_type: a most specific range with the weight 0 rejects a type") {
    CHECK(!accepts("application/json;q=0", "application/json"));
    CHECK(!accepts("application/json; q=0.000, */*", "application/json"));
    CHECK(accepts("*/*;q=0, application/json;Q=0.001", "application/json"));
    CHECK(accepts("application/json;level=1;q=0.1", "application/json"));
}

TEST_CASE("media_type: a message without Accept accepts any type, one with several fields their union") {
    parley::http_response message{200, {}, {}};
    CHECK(accepts(parley::view_of(message), "text/plain"));
    message.fields.add("accept", "");
    CHECK(accepts(parley::view_of(message), "text/plain"));
    message.fields.add("Accept", "image/png");
    CHECK(!accepts(parley::view_of(message), "text/plain"));
    message.fields.add("accept", "text/*");
    CHECK(accepts(parley::view_of(message), "text/plain"));
    auto view = parley::view_of(message);
    view.each = nullptr; // a library that only supports look-up by name
    CHECK(accepts(view, "text/plain"));
}

TEST_SUITE_END();
