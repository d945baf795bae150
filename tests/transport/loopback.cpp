// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/transport/loopback.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("transport");

using namespace std::chrono_literals;

TEST_CASE("loopback: the handler is the server, and requests are recorded") {
    parley::loopback server{[](parley::http_request const& r) { return parley::http_response{200, {}, r.target}; }};
    parley::http_request request;
    request.target = "/a";
    CHECK(server(request).body == "/a");
    CHECK(server.requests().size() == 1);
    CHECK(server.requests()[0].target == "/a");
}

TEST_CASE("loopback: waits advance a clock and take no time") {
    parley::loopback server{[](parley::http_request const&) { return parley::http_response{}; }};
    auto const before = server.now();
    server.sleep(1h);
    CHECK(server.now() - before == 1h);
    CHECK(server.sleeps() == std::vector<std::chrono::steady_clock::duration>{1h});
}

TEST_CASE("loopback: the number of recorded requests and waits is limited, and all requests are served") {
    parley::loopback server{[](parley::http_request const&) { return parley::http_response{200, {}, {}}; }, 1};
    for (auto const* target : {"/a", "/b"}) {
        parley::http_request request;
        request.target = target;
        CHECK(server(request).status == 200);
        server.sleep(1s);
    }
    REQUIRE(server.requests().size() == 1);
    CHECK(server.requests()[0].target == "/a");
    CHECK(server.sleeps().size() == 1);
    CHECK(server.now().time_since_epoch() == 2s);
}

TEST_SUITE_END();
