// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/transport/beast_server_config.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace std::chrono_literals;

TEST_SUITE_BEGIN("transport");

TEST_CASE("beast_server_config: by default only this machine can connect, to any free port") {
    parley::beast_server_config const config{};
    CHECK(config.address == "127.0.0.1");
    CHECK(config.port == 0);
    CHECK(config.threads >= 1);
}

TEST_CASE("beast_server_config: by default everything that a peer can make the server do is bounded") {
    parley::beast_server_config const config{};
    CHECK(config.connections > 0);
    CHECK(config.connections_per_address > 0);
    CHECK(config.connections_per_address < config.connections); // one address cannot take all of them
    CHECK(config.header_bytes > 0);
    CHECK(config.header_bytes < config.body_bytes);
    for (auto timeout : {config.idle_timeout, config.read_timeout, config.write_timeout, config.stop_timeout}) {
        CHECK(timeout > 0ms);
        CHECK(timeout <= 1min);
    }
}

TEST_CASE("beast_server_config: members are set by name") {
    parley::beast_server_config const config{
        .address = "::1", .port = 8080, .threads = 4, .body_bytes = 1024, .idle_timeout = 5s};
    CHECK(config.address == "::1");
    CHECK(config.port == 8080);
    CHECK(config.threads == 4);
    CHECK(config.body_bytes == 1024);
    CHECK(config.idle_timeout == 5'000ms);
}

TEST_SUITE_END();
