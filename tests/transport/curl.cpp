// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/transport/curl.hpp>

#include <support/raw_server.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("transport");

using namespace std::chrono_literals;

namespace {

parley::http_request request_to(std::uint16_t port, std::string target = "/") {
    parley::http_request r;
    r.method = "GET";
    r.scheme = "http";
    r.host = "127.0.0.1";
    r.port = port;
    r.target = std::move(target);
    return r;
}

std::string const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Id: 7\r\n\r\nhi";

bool answer(raw_server::connection const& c, std::string const&) {
    c.write(ok);
    return true;
}

} // namespace

TEST_CASE("curl_transport: a response has its status, header fields and body") {
    raw_server server(answer);
    parley::curl_transport curl;
    auto const got = curl(request_to(server.port()));
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(got->fields.find("x-id") == "7");
    CHECK(got->body == "hi");
}

TEST_CASE("curl_transport: the request is sent unchanged, without additional header fields") {
    std::string seen;
    raw_server server([&seen](raw_server::connection const& c, std::string const& request) {
        seen = request;
        return answer(c, request);
    });
    parley::curl_transport curl;
    auto r = request_to(server.port(), "/a//b/../%2F?x=1");
    r.method = "DELETE";
    r.body = "body";
    r.fields = {{"x-empty", ""}, {"x-a", "1"}};
    REQUIRE(curl(r));
    CHECK(seen.starts_with("DELETE /a//b/../%2F?x=1 HTTP/1.1\r\n"));
    CHECK(seen.ends_with("\r\n\r\nbody"));
    CHECK(seen.find("x-a: 1\r\n") != std::string::npos);
    CHECK(seen.find("x-empty:") != std::string::npos);
    for (auto const* added : {"Expect", "User-Agent", "Accept", "Content-Type"}) CHECK(seen.find(added) == std::string::npos);
}

TEST_CASE("curl_transport: connections are reused") {
    raw_server server(answer);
    parley::curl_transport curl;
    for (int i = 0; i < 5; ++i) REQUIRE(curl(request_to(server.port())));
    CHECK(server.accepted() == 1);
}

TEST_CASE("curl_transport: a refused connection is reported, and nothing was sent") {
    std::uint16_t port = 0;
    {
        raw_server server(answer);
        port = server.port();
    }
    parley::curl_transport curl;
    auto const got = curl(request_to(port));
    REQUIRE(!got);
    CHECK(got.error().condition == parley::transport_errc::refused);
    CHECK(!got.error().sent);
}

TEST_CASE("curl_transport: the deadline ends an unfinished response") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        c.stall();
        return false;
    });
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.deadline = std::chrono::steady_clock::now() + 100ms;
    auto const got = curl(r);
    REQUIRE(!got);
    CHECK(got.error().condition == parley::transport_errc::timed_out);
    CHECK(got.error().sent);
}

TEST_CASE("curl_transport: after the deadline, nothing is sent") {
    raw_server server(answer);
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.deadline = std::chrono::steady_clock::now() - 1ms;
    auto const got = curl(r);
    REQUIRE(!got);
    CHECK(got.error().condition == parley::transport_errc::timed_out);
    CHECK(!got.error().sent);
    CHECK(server.accepted() == 0);
}

TEST_CASE("curl_transport: a stop request ends a call from another thread") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.stall();
        return false;
    });
    parley::curl_transport curl;
    std::stop_source stop;
    auto r = request_to(server.port());
    r.stop = stop.get_token();
    std::thread canceller([&stop] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });
    auto const got = curl(r);
    canceller.join();
    REQUIRE(!got);
    CHECK(got.error().condition == parley::transport_errc::cancelled);
    CHECK(got.error().sent);
}

TEST_CASE("curl_transport: a lost connection is distinguished from a response") {
    struct row {
        char const* bytes;
        parley::transport_errc expected;
    };
    for (auto const& one : {
             row{"", parley::transport_errc::reset},
             row{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", parley::transport_errc::reset},
             row{"SSH-2.0-OpenSSH_9\r\n", parley::transport_errc::protocol},
         }) {
        CAPTURE(one.bytes);
        raw_server server([bytes = std::string(one.bytes)](raw_server::connection const& c, std::string const&) {
            c.write(bytes);
            return false;
        });
        parley::curl_transport curl;
        auto const got = curl(request_to(server.port()));
        REQUIRE(!got);
        CHECK(got.error().condition == one.expected);
        CHECK(got.error().sent);
    }
}

TEST_CASE("curl_transport: a response larger than the limit is an error") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + std::string(5000, 'x'));
        return false;
    });
    parley::curl_options options;
    options.max_response_bytes = 1000;
    parley::curl_transport curl(options);
    auto const got = curl(request_to(server.port()));
    REQUIRE(!got);
    CHECK(got.error().message().find("exceeds max_response_bytes") != std::string::npos);
}

TEST_CASE("curl_transport: an endless header is reported as too large, and not as exhausted memory") {
    for (std::string const& more : {std::string(1000, 'a'), "x-more: " + std::string(500, 'a') + "\r\n"}) {
        raw_server server([&](raw_server::connection const& connection, std::string const&) {
            connection.write("HTTP/1.1 200 OK\r\nx-first: ");
            for (int i = 0; i < 2000; ++i) connection.write(more);
            return false;
        });
        parley::curl_transport curl;
        auto const got = curl(request_to(server.port()));
        REQUIRE(!got);
        CHECK(got.error().text == "the response header exceeds the limits of curl");
        CHECK(got.error().condition == parley::transport_errc::other);
        CHECK(got.error().sent);
    }
    // A header up to the limits of curl is accepted.
    raw_server server([](raw_server::connection const& connection, std::string const&) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nx-first: " + std::string(90'000, 'a') + "\r\n\r\n");
        return true;
    });
    parley::curl_transport curl;
    auto const got = curl(request_to(server.port()));
    REQUIRE(got);
    CHECK(got->fields.find("x-first")->size() == 90'000);
}

TEST_CASE("curl_transport: a header field that would break the message is not sent") {
    raw_server server(answer);
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.fields = {{"x-a", "1\r\nx-b: 2"}};
    auto const got = curl(r);
    REQUIRE(!got);
    CHECK(!got.error().sent);
    CHECK(server.accepted() == 0);
}

TEST_CASE("curl_transport: redirects are returned and not followed") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        return true;
    });
    parley::curl_transport curl;
    auto const got = curl(request_to(server.port()));
    REQUIRE(got);
    CHECK(got->status == 302);
}

TEST_CASE("curl_transport: the header fields of an interim response are dropped") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + ok);
        return true;
    });
    parley::curl_transport curl;
    auto const got = curl(request_to(server.port()));
    REQUIRE(got);
    CHECK(got->status == 200);
    CHECK(!got->fields.contains("link"));
}

TEST_CASE("curl_transport: a method, host or target that would change the request is not sent") {
    struct row {
        char const *method, *host, *target;
    };
    raw_server other(answer);
    auto const elsewhere = "@127.0.0.1:" + std::to_string(other.port()) + "/";
    for (auto const& one : {
             row{"GET / HTTP/1.1\r\nX-Evil: 1\r\n\r\nGET", "127.0.0.1", "/"},
             row{"", "127.0.0.1", "/"},
             row{"GET", "127.0.0.1", elsewhere.c_str()},
             row{"GET", "127.0.0.1", "/a\r\nX-Evil: 1"},
             row{"GET", "127.0.0.1", "/a b"},
             row{"GET", "127.0.0.1", "/a#b"},
             row{"GET", "user:pw@127.0.0.1", "/"},
             row{"GET", "127.0.0.1/x", "/"},
             row{"GET", "", "/"},
         }) {
        CAPTURE(one.method);
        CAPTURE(one.host);
        CAPTURE(one.target);
        raw_server server(answer);
        parley::curl_transport curl;
        auto r = request_to(server.port(), one.target);
        r.method = one.method;
        r.host = one.host;
        auto const got = curl(r);
        REQUIRE(!got);
        CHECK(got.error().condition == parley::transport_errc::other);
        CHECK(!got.error().sent);
        CHECK(server.accepted() == 0);
        CHECK(other.accepted() == 0);
    }
}

TEST_CASE("curl_transport: a header field with a blank value is sent without a value") {
    std::string seen;
    raw_server server([&seen](raw_server::connection const& c, std::string const& request) {
        seen = request;
        return answer(c, request);
    });
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.fields = {{"x-blank", " \t"}};
    REQUIRE(curl(r));
    CHECK(seen.find("x-blank:") != std::string::npos);
}

TEST_CASE("curl_transport: a request that was seen before its connection was lost is not reported as unsent") {
    std::atomic<int> seen{0};
    raw_server server([&seen](raw_server::connection const& c, std::string const& request) {
        if (++seen == 1) return answer(c, request);
        c.refuse_others();
        return false;
    });
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.method = "POST";
    r.body = "pay";
    REQUIRE(curl(r));
    auto const got = curl(r);
    REQUIRE(!got);
    CHECK(seen == 2);
    CHECK(got.error().condition == parley::transport_errc::reset);
    CHECK(got.error().sent);
}

TEST_CASE("curl_transport: nothing was sent before the TLS handshake is complete") {
    raw_server server(answer);
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.scheme = "https";
    r.deadline = std::chrono::steady_clock::now() + 100ms;
    auto const got = curl(r);
    REQUIRE(!got);
    CHECK(got.error().condition == parley::transport_errc::timed_out);
    CHECK(!got.error().sent);
}

TEST_CASE("curl_transport: a deadline may be as late as the clock allows") {
    raw_server server(answer);
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.deadline = std::chrono::steady_clock::time_point::max();
    CHECK(curl(r));
}

TEST_CASE("curl_transport: HEAD has the header fields of a body, but no body; its connection is reused") {
    raw_server server([](raw_server::connection const& c, std::string const&) {
        c.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        return true;
    });
    parley::curl_transport curl;
    auto r = request_to(server.port());
    r.method = "HEAD";
    for (int i = 0; i < 2; ++i) {
        auto const got = curl(r);
        REQUIRE(got);
        CHECK(got->fields.find("content-length") == "10");
        CHECK(got->body.empty());
    }
    CHECK(server.accepted() == 1);
}

TEST_CASE("curl_transport: several threads may use one transport concurrently") {
    // The server handles one connection at a time, so each thread has its own server.
    parley::curl_transport curl;
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            raw_server server([](raw_server::connection const& c, std::string const&) {
                c.write(ok);
                return false;
            });
            for (int call = 0; call < 10; ++call) {
                if (curl(request_to(server.port()))) ++good;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(good == 40);
}

TEST_SUITE_END();
