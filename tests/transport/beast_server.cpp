// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/transport/beast_server.hpp>

#include <support/raw_client.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <future>
#include <random>
#include <stdexcept>

TEST_SUITE_BEGIN("transport");

using namespace std::chrono_literals;
using parley::http_request;
using parley::http_response;
using parley::request_view;
using parley::scripted_response;
using support::raw_client;

namespace {

http_response echo(request_view const& r) {
    return {200, {}, std::string(r.method) + ' ' + std::string(r.target) + " [" + std::string(r.body) + ']'};
}

} // namespace

TEST_CASE("beast_server: a request is answered by each form of a handler") {
    parley::beast_server views{echo};
    CHECK(support::answer_to(views.port(), "PUT /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
              .ends_with("\r\n\r\nPUT /a?b=c [body]"));
    CHECK(views.url() == "http://127.0.0.1:" + std::to_string(views.port()));

    parley::beast_server requests{[](http_request const& r) {
        return http_response{
            201, {}, r.host + '|' + std::to_string(r.port) + '|' + std::string(r.fields.find("x-a").value_or(""))};
    }};
    CHECK(support::answer_to(requests.port(), "GET / HTTP/1.1\r\nHost: [::1]:99\r\nX-A: 1\r\n\r\n").ends_with("[::1]|99|1"));

    parley::beast_server replies{[](request_view const&) { return scripted_response(http_response{202, {}, "x"}); }};
    CHECK(support::status_of(replies.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 202");

    parley::beast_server later{[](request_view const& r, std::function<void(scripted_response)> done) {
        std::thread([&r, done] { done(echo(r)); }).detach();
    }};
    CHECK(support::answer_to(later.port(), "GET /later HTTP/1.1\r\nHost: x\r\n\r\n").ends_with("GET /later []"));
}

TEST_CASE("beast_server: responses have a date and a length") {
    parley::beast_server server{echo};
    auto const text = support::answer_to(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(text.starts_with("HTTP/1.1 200 OK\r\ndate: "));
    CHECK(text.find(" GMT\r\ncontent-length: 8\r\n\r\n") != text.npos);
}

TEST_CASE("beast_server: a connection is kept, and pipelined requests are answered in order") {
    parley::beast_server server{echo};
    raw_client client(server.port());
    client.write("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(client.read_until("GET /1 []"));
    client.write("\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naGET /3 HTTP/1.1\r\nHost: x\r\n\r\nGET /4 "
                 "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    REQUIRE(client.read_all());
    auto const second = client.seen.find("POST /2 [a]"), third = client.seen.find("GET /3 []"),
               fourth = client.seen.find("GET /4 []");
    CHECK(second < third);
    CHECK(third < fourth);
    CHECK(fourth != std::string::npos);
    CHECK(client.seen.find("connection: close") > third);
}

TEST_CASE("beast_server: HTTP/1.0 closes the connection unless the client asks to keep it") {
    parley::beast_server server{echo};
    raw_client client(server.port());
    client.write("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    REQUIRE(client.read_until("GET /1 []"));
    CHECK(client.seen.find("connection: keep-alive") != std::string::npos);
    client.write("GET /2 HTTP/1.0\r\n\r\n");
    CHECK(client.read_all());
    CHECK(client.seen.ends_with("connection: close\r\n\r\nGET /2 []"));
}

TEST_CASE("beast_server: a body may be chunked") {
    parley::beast_server server{echo};
    CHECK(
        support::answer_to(
            server.port(),
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n")
            .ends_with("POST / [abcde]"));
}

TEST_CASE("beast_server: a client that expects 100 (Continue) gets it if the request is acceptable") {
    parley::beast_server server{echo, {.body_bytes = 100}};
    std::string const head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
    raw_client client(server.port());
    client.write(head + "5\r\n\r\n");
    REQUIRE(client.read_until("HTTP/1.1 100 Continue\r\n\r\n"));
    client.write("hello");
    CHECK(client.read_until("POST / [hello]"));
    CHECK(support::status_of(server.port(), head + "101\r\n\r\n") == "HTTP/1.1 413");
    CHECK(support::status_of(server.port(), "POST / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nContent-Length: 1\r\n\r\nx")
          == "HTTP/1.1 417");
}

TEST_CASE("beast_server: HEAD has no body") {
    parley::beast_server server{echo};
    auto const text = support::answer_to(server.port(), "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(text.ends_with("content-length: 9\r\n\r\n"));
}

TEST_CASE("beast_server: malformed and too large requests are rejected, and the connection ends") {
    parley::beast_server server{echo, {.header_bytes = 1000, .body_bytes = 100}};
    auto const status = [&](std::string_view bytes) { return support::status_of(server.port(), bytes).substr(9); };
    CHECK(status("GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n") == "400");
    CHECK(status("nonsense\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/1.1\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/1.1\r\nHost: x\r\nbad name: 1\r\n\r\n") == "400");
    CHECK(status("GET / HTTP/2.0\r\nHost: x\r\n\r\n") == "505");
    CHECK(status("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(2000, 'x') + "\r\n\r\n") == "431");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x')) == "413");
    CHECK(
        status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFF\r\n" + std::string(255, 'x') + "\r\n0\r\n\r\n")
        == "413");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n") == "400");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab") == "400");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n") == "400");
    CHECK_MESSAGE(status("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                      == "400",
                  "two lengths: one end of a proxy would see another request than the other");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") == "501");
    CHECK(status("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n") == "501");
    CHECK(support::answer_to(server.port(), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc").empty());
    CHECK(support::answer_to(server.port(), "").empty());
    CHECK(status("GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "200");
}

TEST_CASE("beast_server: the response to a body that is too large arrives, although more of it was sent than is read") {
    parley::beast_server server{echo, {.body_bytes = 100}};
    raw_client client(server.port());
    client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'x'));
    CHECK(client.read_until("HTTP/1.1 413"));
    client.finish();
    CHECK(client.read_all());
}

TEST_CASE("beast_server: a handler that throws, drops its responder or returns an invalid response causes status 500") {
    parley::beast_server server{[](request_view const& r, std::function<void(scripted_response)> done) {
        if (r.target == "/throws") throw std::runtime_error("the password is rosebud");
        if (r.target == "/gives-up") return;
        if (r.target == "/odd") return done(http_response{200, {{"x-a", "1\r\nx-b: 2"}}, "x"});
        if (r.target == "/none") return done(http_response{});
        if (r.target == "/then-throws") return done(http_response{201, {}, {}}), throw std::runtime_error("too late");
        done(http_response{200, {}, {}}), done(http_response{500, {}, {}});
    }};
    raw_client client(server.port());
    auto const ask = [&client](std::string const& target) {
        client.seen.clear();
        client.write("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return client.read_until("\r\n\r\n") ? client.seen.substr(9, 3) : "none";
    };
    CHECK(ask("/throws") == "500");
    CHECK(client.seen.find("rosebud") == std::string::npos);
    CHECK(ask("/gives-up") == "500");
    CHECK(ask("/odd") == "500");
    CHECK(client.seen.find("x-b") == std::string::npos);
    CHECK(ask("/none") == "500");
    CHECK(ask("/then-throws") == "201");
    CHECK(ask("/twice") == "200");
    CHECK(ask("/twice") == "200");
}

TEST_CASE("beast_server: a response can be delayed, truncated, or replaced by a lost connection") {
    parley::beast_server server{[](request_view const& r) {
        scripted_response reply(http_response{200, {}, "0123456789"});
        if (r.target == "/late") reply.delay = 60ms;
        if (r.target == "/cut") reply.end = parley::connection_end::close, reply.cut = 20;
        if (r.target == "/in-body") {
            reply.end = parley::connection_end::close;
            reply.cut =
                parley::write_response_head(reply.response, {r.method, true, false, "Wed, 15 Jan 2025 12:34:56 GMT"})->size() + 4;
        }
        if (r.target == "/nothing") return scripted_response(parley::connection_end::close);
        if (r.target == "/reset") return scripted_response(parley::connection_end::reset);
        return reply;
    }};
    auto const get = [&](std::string const& target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    };
    auto const begin = std::chrono::steady_clock::now();
    CHECK(support::answer_to(server.port(), get("/late")).ends_with("0123456789"));
    CHECK(std::chrono::steady_clock::now() - begin >= 60ms);
    CHECK(support::answer_to(server.port(), get("/cut")).size() == 20);
    CHECK(support::answer_to(server.port(), get("/nothing")).empty());
    raw_client client(server.port());
    client.write("GET /in-body HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.read_all());
    CHECK(client.seen.find("content-length: 10\r\n") != std::string::npos);
    CHECK(client.seen.find("\r\n\r\n0123") != std::string::npos);
    CHECK(!client.seen.ends_with("9"));
    raw_client lost(server.port());
    lost.write(get("/reset"));
    lost.read_all();
    CHECK(lost.was_reset());
}

TEST_CASE("beast_server: slow clients are disconnected") {
    parley::beast_server server{echo, {.idle_timeout = 80ms, .read_timeout = 80ms}};
    raw_client idle(server.port());
    CHECK(idle.read_all());
    raw_client kept(server.port());
    kept.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(kept.read_all());
    CHECK(kept.seen.ends_with("GET / []"));
    for (std::string const part : {"GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"}) {
        raw_client slow(server.port());
        slow.write(part);
        CHECK(slow.read_all());
        CHECK(slow.seen.empty());
    }
    // Sending a byte now and then does not help.
    raw_client dripping(server.port());
    auto const begin = std::chrono::steady_clock::now();
    bool open = true;
    for (int i = 0; i < 100 && open; ++i) {
        dripping.write("G");
        open = dripping.read_some(20ms) || std::chrono::steady_clock::now() - begin < 80ms;
    }
    CHECK(!open);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
}

TEST_CASE("beast_server: clients that do not read the response are disconnected") {
    parley::beast_server server{[](request_view const&) {
                                    return http_response{200, {}, std::string(30'000'000, 'x')};
                                },
                                {.write_timeout = 100ms}};
    raw_client client(server.port());
    client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(300ms);
    client.read_all();
    CHECK(client.seen.size() < 30'000'000);
}

TEST_CASE("beast_server: new connections wait while all connections have requests") {
    std::promise<void> called, go_on;
    parley::beast_server server{[&, wait = go_on.get_future().share()](request_view const& r) {
                                    if (r.target == "/slow") called.set_value(), wait.wait();
                                    return echo(r);
                                },
                                {.threads = 2, .connections = 1}};
    raw_client first(server.port());
    first.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    called.get_future().wait();
    raw_client second(server.port());
    second.write("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(!second.read_some(60ms));
    go_on.set_value();
    // The first connection would become idle, and is closed instead.
    CHECK(first.read_until("GET /slow []"));
    CHECK(second.read_until("GET /2 []"));
    CHECK(first.read_all());
}

TEST_CASE("beast_server: the connection that has been idle for the longest time is closed for a new one") {
    parley::beast_server server{echo, {.connections = 3}};
    raw_client first(server.port()), second(server.port());
    for (auto* client : {&first, &second}) {
        client->write("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
        REQUIRE(client->read_until("GET /1 []"));
    }
    raw_client reading(server.port());
    reading.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n");
    CHECK(!reading.read_some(20ms));
    raw_client fourth(server.port());
    fourth.write("GET /4 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(fourth.read_until("GET /4 []"));
    CHECK(first.read_all());
    second.write("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(second.read_until("GET /2 []"));
    reading.write("x");
    CHECK(reading.read_until("POST / [x]"));
}

TEST_CASE("beast_server: a new connection is not evicted in its first second") {
    parley::beast_server server{echo, {.connections = 2}};
    raw_client first(server.port()), second(server.port()), third(server.port());
    third.write("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(!third.read_some(200ms));
    first.write("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(first.read_until("GET /1 []"));
    // Another connection waits, so the response announces the close.
    CHECK(first.seen.find("connection: close") != std::string::npos);
    CHECK(first.read_all());
    CHECK(third.read_until("GET /3 []"));
}

TEST_CASE("beast_server: silent connections do not keep others out") {
    parley::beast_server server{echo, {.connections = 100}};
    std::vector<std::unique_ptr<raw_client>> silent;
    for (int i = 0; i < 100; ++i) silent.push_back(std::make_unique<raw_client>(server.port()));
    auto const begin = std::chrono::steady_clock::now();
    raw_client client(server.port());
    client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.read_until("GET / []"));
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
}

TEST_CASE("beast_server: one address cannot use all connections") {
    parley::beast_server server{echo, {.connections = 10, .connections_per_address = 3, .read_timeout = 20s}};
    std::vector<std::unique_ptr<raw_client>> busy;
    for (int i = 0; i < 12; ++i) {
        busy.push_back(std::make_unique<raw_client>(server.port(), "127.0.0.2"));
        busy.back()->write("G");
    }
    // Three connections are kept, although none is idle; the others are closed at once.
    int open = 0;
    for (auto& client : busy) open += !client->read_some(300ms) && !client->was_closed();
    CHECK(open == 3);
    raw_client other(server.port());
    other.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(other.read_until("GET / []"));

    // The connection of the address that has been idle for the longest time is closed.
    raw_client first(server.port(), "127.0.0.3"), second(server.port(), "127.0.0.3"), third(server.port(), "127.0.0.3");
    for (auto* client : {&first, &second, &third}) {
        client->write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        REQUIRE(client->read_until("GET /a []"));
    }
    raw_client fourth(server.port(), "127.0.0.3");
    fourth.write("GET /4 HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(fourth.read_until("GET /4 []"));
    CHECK(first.read_all());
    second.write("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(second.read_until("GET /b []"));
}

TEST_CASE("beast_server: all connections may wait for their handlers") {
    std::function<void(scripted_response)> kept;
    std::promise<void> called;
    parley::beast_server server{
        [&](request_view const&, std::function<void(scripted_response)> done) { kept = std::move(done), called.set_value(); },
        {.connections = 1}};
    raw_client first(server.port());
    first.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    called.get_future().wait();
    raw_client second(server.port()); // neither a read nor an accept is pending
    std::this_thread::sleep_for(20ms);
    kept(http_response{201, {}, {}});
    kept = nullptr;
    CHECK(first.read_until("HTTP/1.1 201"));
}

TEST_CASE("beast_server: a request and its view live until the response") {
    std::vector<std::thread> threads;
    {
        parley::beast_server server{[&](request_view const& r, std::function<void(scripted_response)> done) {
            threads.emplace_back([&r, done] {
                std::this_thread::sleep_for(20ms);
                done(echo(r));
            });
            // Overwrites the stack.
            std::array<char, 4096> other;
            other.fill('z');
            CHECK(std::count(other.begin(), other.end(), 'z') == 4096);
        }};
        CHECK(support::answer_to(server.port(), "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
                  .ends_with("POST /later [body]"));
    }
    for (auto& thread : threads) thread.join();

    // A response that is given while the handler runs does not end the request.
    std::string seen;
    {
        parley::beast_server server{[&](request_view const& r, std::function<void(scripted_response)> done) {
                                        done(echo(r));
                                        std::this_thread::sleep_for(50ms);
                                        seen += r.target;
                                        seen += r.body;
                                    },
                                    {.threads = 2}};
        support::answer_to(
            server.port(),
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nb");
    }
    CHECK(seen == "/1a/2b");
}

TEST_CASE("beast_server: an invalid Host gets status 400 (RFC 9112, section 3.2)") {
    parley::beast_server server{echo};
    auto const status = [&](std::string const& target, std::string const& host) {
        return support::status_of(server.port(), "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").substr(9);
    };
    for (char const* good : {"", "a", "a:80", "[::1]:9", "127.0.0.1:8080"}) {
        CAPTURE(good);
        CHECK(status("/", good) == "200");
    }
    for (char const* bad : {"a b/@c", "a@b", "x:99999999", ":80", "[::1", "a/b", "http://a"}) {
        CAPTURE(bad);
        CHECK(status("/", bad) == "400");
        CHECK(support::status_of(server.port(), "GET / HTTP/1.0\r\nHost: " + std::string(bad) + "\r\n\r\n") == "HTTP/1.1 400");
    }
    CHECK(status("http://b:80/x", "a") == "200");
    for (char const* bad : {"http://a@b/", "http://x:99999999/", "http:///x", "http://a|b/", "nonsense", "*"}) {
        CAPTURE(bad);
        CHECK(status(bad, "a") == "400");
    }
}

TEST_CASE("beast_server: an empty line before a request may arrive in two segments (RFC 9112, section 2.2)") {
    parley::beast_server server{echo};
    raw_client client(server.port());
    for (int i = 0; i < 2; ++i) {
        client.seen.clear();
        client.write("\r");
        CHECK(!client.read_some(30ms));
        client.write("\n");
        CHECK(!client.read_some(30ms));
        client.write("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(client.read_until("GET /" + std::to_string(i) + " []"));
    }
}

TEST_CASE("beast_server: the only expectation is one 100-continue (RFC 9110, section 10.1.1)") {
    parley::beast_server server{echo};
    auto const status = [&](std::string const& version, std::string const& fields) {
        return support::status_of(server.port(),
                                  "POST / HTTP/" + version + "\r\nHost: x\r\n" + fields + "Content-Length: 1\r\n\r\nx")
            .substr(9);
    };
    CHECK(status("1.1", "Expect: 100-Continue\r\n") == "200");
    CHECK(status("1.1", "Expect: 100-continue\r\nExpect: 100-continue\r\n") == "417");
    CHECK(status("1.1", "Expect: 100-continue\r\nExpect: wonders\r\n") == "417");
    CHECK(status("1.1", "Expect: 100-continue, wonders\r\n") == "417");
    CHECK(status("1.1", "Expect:\r\n") == "417");
    CHECK(status("1.0", "Expect: 100-continue\r\n") == "200");
}

TEST_CASE("beast_server: requests of Boost.Beast are accepted without a copy") {
    namespace http = boost::beast::http;
    http::request<http::string_body> request(http::verb::put, "/a?b", 11, "body");
    request.set(http::field::host, "x:80");
    request.insert("X-A", "1");
    auto const view = parley::view_of(request);
    CHECK(view.method == "PUT");
    CHECK(view.target == "/a?b");
    CHECK(view.host == "x:80");
    CHECK(view.body == "body");
    CHECK(view.header("x-a") == "1");
    CHECK(!view.header("x-b"));
    CHECK(parley::copy_of(view).fields.find("x-a") == "1");
}

TEST_CASE("beast_server: trailer fields are not header fields (RFC 9110, section 6.5.1)") {
    parley::beast_server server{[](request_view const& r) {
        return http_response{
            200, {}, std::string(r.header("host").value_or("none")) + '|' + std::string(r.header("x-a").value_or("none"))};
    }};
    CHECK(support::answer_to(
              server.port(),
              "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-A: 1\r\nHost: y\r\n\r\n")
              .ends_with("\r\n\r\nx|none"));
}

TEST_CASE("beast_server: what comes byte by byte is searched once for the end of a line") {
    // 60,000 bytes that are searched again for each that follows would be 1,800,000,000, and each of these may begin an end of line.
    for (std::string_view const begin : {"1;", "0\r\na:"}) {
        CAPTURE(begin);
        parley::detail::beast_request_reader reader(64 * 1024, 1024);
        auto const receive = [&](std::string_view bytes) {
            boost::asio::buffer_copy(reader.prepare(), boost::asio::buffer(bytes));
            reader.commit(bytes.size());
            return reader.next();
        };
        using step = parley::detail::beast_request_reader::step;
        REQUIRE(receive("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n") == step::more);
        REQUIRE(receive(begin) == step::more);
        auto const started = std::clock();
        bool more = true;
        for (int i = 0; i < 60'000 && more; ++i) more = receive("\r") == step::more;
        CHECK(more);
        CHECK(static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC < 2);
    }
}

TEST_CASE("beast_server: a stop lets requests in progress end, and no new ones begin") {
    std::promise<void> called, go_on;
    auto wait = go_on.get_future();
    auto server = std::make_unique<parley::beast_server>(
        [&](request_view const& r) {
            if (r.target == "/slow") called.set_value(), wait.wait();
            return echo(r);
        },
        parley::beast_server_config{.threads = 2});
    auto const port = server->port();
    raw_client busy(port), idle(port);
    idle.write("GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
    REQUIRE(idle.read_until("GET /idle []"));
    busy.write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    called.get_future().wait();
    std::thread stopper([&] { server->stop(); });
    CHECK(idle.read_all());
    raw_client late(port);
    CHECK((!late.connected() || !late.read_some(100ms)));
    go_on.set_value();
    CHECK(busy.read_all());
    CHECK(busy.seen.ends_with("connection: close\r\n\r\nGET /slow []"));
    stopper.join();
    server->stop();
}

TEST_CASE("beast_server: a response after the destruction of the server is ignored") {
    std::function<void(scripted_response)> kept;
    std::promise<void> called;
    auto const begin = std::chrono::steady_clock::now();
    {
        parley::beast_server server{
            [&](request_view const&, std::function<void(scripted_response)> done) { kept = std::move(done), called.set_value(); },
            {.stop_timeout = 50ms}};
        raw_client client(server.port());
        client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        called.get_future().wait();
    }
    CHECK(std::chrono::steady_clock::now() - begin < 3s);
    kept(http_response{200, {}, {}});
    kept = nullptr;
}

TEST_CASE("beast_server: several threads serve several connections") {
    std::atomic<int> inside{0}, most{0};
    parley::beast_server server{[&](request_view const& r) {
                                    int const now = ++inside;
                                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {}
                                    std::this_thread::sleep_for(2ms);
                                    --inside;
                                    return echo(r);
                                },
                                {.threads = 4}};
    std::vector<std::thread> clients;
    std::atomic<int> good{0};
    for (int c = 0; c < 8; ++c)
        clients.emplace_back([&] {
            raw_client client(server.port());
            for (int i = 0; i < 20; ++i) {
                client.seen.clear();
                client.write("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
                good += client.read_until("GET /" + std::to_string(i) + " []");
            }
        });
    for (auto& client : clients) client.join();
    CHECK(good == 160);
    CHECK(most > 1);
}

TEST_CASE("beast_server: an address that is not available is an exception") {
    parley::beast_server first{echo};
    // Another socket listens on the port: SO_REUSEADDR does not allow two.
    CHECK_THROWS(parley::beast_server{echo, {.port = first.port()}});
    CHECK_THROWS(parley::beast_server{echo, {.address = "no address"}});
    CHECK(parley::beast_server{echo, {.address = "0.0.0.0"}}.url().starts_with("http://127.0.0.1:"));
}

TEST_CASE("beast_server: the server survives random input") {
    parley::beast_server server{echo, {.header_bytes = 500, .body_bytes = 500, .idle_timeout = 1s, .read_timeout = 1s}};
    std::string const good =
        "POST /path?query HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        auto bytes = good;
        for (auto changes = 1 + random() % 6; changes > 0 && !bytes.empty(); --changes) {
            auto const at = random() % bytes.size();
            switch (random() % 4) {
            case 0: bytes[at] = static_cast<char>(random()); break;
            case 1: bytes.erase(at, random() % 20); break;
            case 2: bytes.insert(at, good.substr(random() % good.size(), random() % 40)); break;
            default: bytes.insert(at, random() % 30, static_cast<char>(random())); break;
            }
        }
        raw_client client(server.port());
        client.write(bytes);
        client.finish();
        client.read_all();
    }
    CHECK(support::status_of(server.port(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "HTTP/1.1 200");
}

TEST_SUITE_END();
