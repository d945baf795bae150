// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A server of several threads that is full most of the time: connections begin and end concurrently, and waiting ones are accepted.
// tests/run builds it with ThreadSanitizer; without it, the counts are still checked.

#include <parley/transport/beast_server.hpp>
#include <parley/transport/curl.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("threads");

TEST_CASE("threads: a full server accepts as many connections as it closes, and no more") {
    constexpr int clients = 6, calls_each = 40, room = 2;
    std::atomic<int> under_way{0}, most{0};
    parley::beast_server server{[&](parley::request_view const&) {
                                    int const now = ++under_way;
                                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {}
                                    std::this_thread::yield();
                                    --under_way;
                                    return parley::http_response{200, {}, "here"};
                                },
                                {.threads = 4, .connections = room}};

    std::atomic<int> good{0};
    std::vector<std::thread> all;
    for (int i = 0; i < clients; ++i) {
        all.emplace_back([&] {
            for (int call = 0; call < calls_each; ++call) {
                parley::curl_transport curl; // has its own connection, which it closes
                parley::http_request request;
                request.method = "GET";
                request.scheme = "http";
                request.host = "127.0.0.1";
                request.port = server.port();
                request.target = "/";
                auto const response = curl(request);
                good += response && response->body == "here";
            }
        });
    }
    for (auto& thread : all) thread.join();
    CHECK(good == clients * calls_each);
    CHECK(most <= room);
}

TEST_SUITE_END();
