// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The tests of faults.cpp over real connections with a real transport: fewer scripts, and raw bytes.

#include <parley/client/client.hpp>

#include <parley/transport/curl.hpp>

#include <support/raw_server.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <sys/socket.h>

#include <atomic>
#include <mutex>
#include <random>
#include <string>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::delivery;

namespace {

struct order {
    struct input {
        std::string what;
    };
    struct output {
        int number = 0;
    };
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what))
BOOST_DESCRIBE_STRUCT(order::output, (), (number))

struct find_order : order {
    static constexpr parley::operation_traits traits{.readonly = true};
};

enum class fault {
    none,
    slow,
    closed,
    reset,
    at_accept,
    in_status_line,
    in_fields,
    in_body,
    too_long,
    too_short,
    garbage,
    not_chunked,
    informational,
    redirect,
    twice,
    long_field,
    endless_fields,
    endless_body,
    stall,
    stall_in_body,
    busy,
    throttled,
    last
};

constexpr std::string_view good = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"number\":7}";

// Answers each request with the next fault of a script, and records the requests.
class faulty_server {
public:
    void begin(std::uint64_t seed) {
        std::lock_guard lock(mutex_);
        engine_.seed(seed);
        script_ = seed;
        seen_ = refused_ = 0;
    }
    std::uint16_t port() const { return server_.port(); }
    int seen() const { return seen_; }
    /// The number of requests that the server reported as not processed.
    int refused() const { return refused_; }

private:
    fault next() {
        std::lock_guard lock(mutex_);
        return static_cast<fault>(engine_() % static_cast<unsigned>(fault::last));
    }

    // The server is gone, and resets the connection at the next packet.
    static void abort(raw_server::connection const& c) {
        linger const at_once{1, 0};
        ::setsockopt(c.socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }

    bool accept(raw_server::connection const& c) {
        pending_ = next();
        if (pending_ != fault::at_accept) return true;
        abort(c);
        return false;
    }

    bool answer(raw_server::connection const& c, std::string const& request) {
        // A cancelled request may arrive after the end of its call.
        if (request.find("x-script: " + std::to_string(script_) + "\r\n") == request.npos) return false;
        ++seen_;
        switch (pending_) {
        case fault::none: c.write(good); break;
        case fault::slow:
            for (char const byte : good) {
                c.write({&byte, 1});
                std::this_thread::sleep_for(1ms);
            }
            break;
        case fault::closed:
        case fault::at_accept: break;
        case fault::reset: abort(c); break;
        case fault::in_status_line: c.write("HTTP/1.1 2"); break;
        case fault::in_fields: c.write("HTTP/1.1 200 OK\r\nContent-Le"); break;
        case fault::in_body: c.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"num"); break;
        case fault::too_long: c.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"number\":7}garbage{\"number\":8}"); break;
        case fault::too_short: c.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{\"number\":7}"); break;
        case fault::garbage: c.write(std::string_view("\x16\x03\x01\0\x01\r\n\r\n\0\0", 11)); break;
        case fault::not_chunked:
            c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"number\":7}\r\n0\r\n\r\n");
            break;
        case fault::informational:
            c.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
            c.write(good);
            break;
        case fault::redirect: c.write("HTTP/1.1 307 Temporary Redirect\r\nLocation: /orders\r\nContent-Length: 0\r\n\r\n"); break;
        case fault::twice:
            c.write("HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Type: b\r\nContent-Length: 12\r\nContent-Length: "
                    "12\r\n\r\n{\"number\":7}");
            break;
        case fault::long_field:
            c.write("HTTP/1.1 200 OK\r\nX-Long: " + std::string(2'000'000, 'x') + "\r\nContent-Length: 12\r\n\r\n{\"number\":7}");
            break;
        case fault::endless_fields:
            c.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100'000; ++i) c.write("X-Field: value\r\n");
            break;
        case fault::endless_body:
            c.write("HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 10'000; ++i) c.write(std::string(1'000, 'x'));
            break;
        case fault::stall: c.stall(); break;
        case fault::stall_in_body:
            c.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"num");
            c.stall();
            break;
        case fault::busy: c.write("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\n{}"); break;
        case fault::throttled:
            ++refused_;
            c.write("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\n{}");
            break;
        case fault::last: break;
        }
        return false; // one request per connection
    }

    std::mutex mutex_;
    std::mt19937_64 engine_;
    fault pending_ = fault::none;
    std::atomic<std::uint64_t> script_{0};
    std::atomic<int> seen_{0}, refused_{0};
    raw_server server_{[this](raw_server::connection const& c, std::string const& request) { return answer(c, request); },
                       [this](raw_server::connection const& c) { return accept(c); }};
};

parley::client_config config_for(std::uint16_t port) {
    parley::client_config config;
    config.endpoint = "http://127.0.0.1:" + std::to_string(port);
    config.retry.base = config.retry.throttled_base = 1ms;
    config.retry.respect_idempotency = true;
    config.call_timeout = 400ms;
    config.attempt_timeout = 150ms;
    return config;
}

template <class Op>
void run_scripts(std::uint64_t first, std::uint64_t count) {
    faulty_server server;
    // For a reused connection, it is unknown whether the server had already closed it.
    parley::curl_transport curl{{.max_response_bytes = 1'000'000, .idle_connections = 0}};
    auto config = config_for(server.port());
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        CAPTURE(seed);
        server.begin(seed);
        config.fields = {{"x-script", std::to_string(seed)}};
        parley::client client{config, std::ref(curl)};
        auto const began = std::chrono::steady_clock::now();
        auto const o = client.template send<Op>({.what = "tea"});
        auto const took = std::chrono::steady_clock::now() - began;
        int const seen = server.seen();
        // A generous limit for busy machines.
        CHECK(took < *config.call_timeout + 10s);
        CHECK(o.metadata().attempts <= 3);
        CHECK(seen <= o.metadata().attempts);
        auto const sent = o ? delivery::answered : o.error().sent();
        if (sent == delivery::not_sent) CHECK(seen == 0);
        if (sent == delivery::answered) CHECK(seen >= 1);
        if (!parley::detail::traits_of_operation<Op>().readonly) CHECK(seen - server.refused() <= 1);
        if (o) CHECK(o->number == 7);
    }
}

} // namespace

TEST_CASE("faults over sockets: calls that must not run twice end in time with a truthful outcome") { run_scripts<order>(0, 60); }

TEST_CASE("faults over sockets: readonly calls end in time with a truthful outcome") { run_scripts<find_order>(1000, 60); }

TEST_CASE("faults over sockets: if the connection is refused, the outcome reports that nothing was sent") {
    std::uint16_t port = 0;
    {
        raw_server gone{[](raw_server::connection const&, std::string const&) { return false; }};
        port = gone.port();
    }
    parley::curl_transport curl;
    parley::client client{config_for(port), std::ref(curl)};
    auto const o = client.send<order>({.what = "tea"});
    REQUIRE(!o);
    CHECK(o.error().sent() == delivery::not_sent);
    CHECK(o.metadata().attempts == 3); // safe even for calls that must not run twice
}

TEST_SUITE_END();
