// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/scripted_response.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("server");

TEST_CASE("scripted_response: the head has the length and the fields of the response") {
    parley::http_response const response{200, {{"x-a", "1"}, {"X-A", "2"}}, "hello"};
    CHECK(parley::write_response_head(response, {"GET"}) == "HTTP/1.1 200 OK\r\nx-a: 1\r\nX-A: 2\r\ncontent-length: 5\r\n\r\n");
    CHECK(parley::write_response_head(response, {"GET", false, false, "now"})
          == "HTTP/1.1 200 OK\r\nx-a: 1\r\nX-A: 2\r\ndate: now\r\ncontent-length: 5\r\nconnection: close\r\n\r\n");
    CHECK(parley::write_response_head({299, {{"Date", "then"}}, {}}, {"GET", true, true, "now"})
          == "HTTP/1.1 299 \r\nDate: then\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n");
}

TEST_CASE("scripted_response: framing fields of the response are ignored") {
    parley::http_response const response{
        200, {{"Content-Length", "7"}, {"transfer-encoding", "chunked"}, {"Connection", "close"}}, "hi"};
    CHECK(parley::write_response_head(response, {"GET"}) == "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n");
}

TEST_CASE("scripted_response: the response to HEAD has the length of the response to GET if it is known") {
    CHECK(parley::write_response_head({200, {}, "hello"}, {"HEAD"}) == "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
    CHECK(parley::write_response_head({200, {{"content-length", "7"}}, {}}, {"HEAD"})
          == "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n");
    CHECK(parley::write_response_head({200, {}, {}}, {"HEAD"}) == "HTTP/1.1 200 OK\r\n\r\n");
    CHECK(parley::write_response_head({204, {}, "x"}, {"GET"}) == "HTTP/1.1 204 No Content\r\n\r\n");
    CHECK(parley::write_response_head({304, {}, "x"}, {"HEAD"}) == "HTTP/1.1 304 Not Modified\r\n\r\n");
    CHECK(!parley::has_body("HEAD", 200));
    CHECK(!parley::has_body("GET", 204));
    CHECK(parley::has_body("GET", 404));
}

TEST_CASE("scripted_response: an invalid response is not written") {
    CHECK(!parley::write_response_head({0, {}, {}}, {"GET"}));
    CHECK(!parley::write_response_head({101, {}, {}}, {"GET"}));
    CHECK(!parley::write_response_head({1000, {}, {}}, {"GET"}));
    CHECK(!parley::write_response_head({200, {{"x a", "1"}}, {}}, {"GET"}));
    CHECK(!parley::write_response_head({200, {{"x-a", "1\r\nset-cookie: 2"}}, {}}, {"GET"}));
}

TEST_CASE("scripted_response: is created from a response or a connection end") {
    parley::scripted_response const usual = parley::http_response{404, {}, {}};
    CHECK(usual.response.status == 404);
    CHECK(!usual.end);
    parley::scripted_response const lost(parley::connection_end::reset, 10);
    CHECK(lost.end == parley::connection_end::reset);
    CHECK(lost.cut == 10);
}

TEST_SUITE_END();
