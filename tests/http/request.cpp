// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/request.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

TEST_CASE("request: url joins the parts") {
    parley::http_request r;
    r.scheme = "https";
    r.host = "example.com";
    r.target = "/a?b=c";
    CHECK(r.url() == "https://example.com/a?b=c");
    CHECK(r.authority() == "example.com");
    r.host = "[::1]";
    r.port = 9000;
    CHECK(r.url() == "https://[::1]:9000/a?b=c");
}

TEST_SUITE_END();
