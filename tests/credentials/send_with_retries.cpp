// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/send_with_retries.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

TEST_SUITE_BEGIN("credentials");

using namespace std::chrono_literals;
using parley::detail::send_with_retries;

TEST_CASE("send_with_retries: an attempt has a deadline, and is retried if that may help") {
    test::machine m;
    m.fail(parley::transport_errc::timed_out);
    m.answer(503, "busy");
    m.answer(200, "there");
    auto const answer = send_with_retries(m.provider_environment(), {}, {500ms, 3});
    REQUIRE(answer);
    CHECK(answer->body == "there");
    CHECK(m.waits == std::vector<std::chrono::steady_clock::duration>{100ms, 200ms});
    REQUIRE(m.requests.size() == 3);
    CHECK(m.requests[0].deadline == std::chrono::steady_clock::time_point(500ms));
    CHECK(m.requests[2].deadline == std::chrono::steady_clock::time_point(800ms));
}

TEST_CASE("send_with_retries: a response that a retry would not change is returned at once") {
    test::machine m;
    m.answer(404, "no");
    auto const answer = send_with_retries(m.provider_environment(), {}, {500ms, 3});
    REQUIRE(answer);
    CHECK(answer->status == 404);
    CHECK(m.requests.size() == 1);
}

TEST_CASE("send_with_retries: the last response counts when no attempt is left") {
    test::machine m;
    m.answer(500, "first");
    m.answer(429, "second");
    auto const answer = send_with_retries(m.provider_environment(), {}, {500ms, 2});
    REQUIRE(answer);
    CHECK(answer->body == "second");
}

TEST_CASE("send_with_retries: an endless response, a transport that throws, and a missing transport are errors") {
    test::machine m;
    m.answer(200, std::string((64 << 10) + 1, 'x'));
    auto answer = send_with_retries(m.provider_environment(), {}, {500ms, 1});
    REQUIRE(!answer);
    CHECK(answer.error().message() == "invalid HTTP response: the response is larger than 64 KiB");
    answer = send_with_retries(m.provider_environment(), {}, {500ms, 1});
    REQUIRE(!answer);
    CHECK(answer.error().text.starts_with("no scripted response"));
    answer = send_with_retries({}, {}, {500ms, 3});
    REQUIRE(!answer);
    CHECK(answer.error().text == "provider_environment::send is not set");
    CHECK(!answer.error().sent);
}

TEST_CASE("get_request: a URI is split into its parts, with a query") {
    auto const request = parley::detail::get_request("http://localhost:1234/a/b?role=x%20y");
    REQUIRE(request);
    CHECK(request->url() == "http://localhost:1234/a/b?role=x%20y");
    CHECK(request->method == "GET");
    CHECK(parley::detail::get_request("https://[::1]")->url() == "https://[::1]/");
    for (auto const* bad : {"", "localhost", "ftp://x", "http://", "http://x/a b", "http://x/a?b c", "http://x/?a#b",
                            "http://x/\r\n", "http://x/?\n"}) {
        CHECK(!parley::detail::get_request(bad));
    }
}

TEST_CASE("quoted_reason: a text is shortened, without secrets and control characters") {
    using parley::detail::quoted_reason;
    CHECK(quoted_reason("no such role", {"", "secret"}) == "no such role");
    CHECK(quoted_reason("the secret is secretsecret", {"secret"}) == "the *** is ***");
    CHECK(quoted_reason("a\r\nb\x1b[0m\x7f", {}) == "a  b [0m ");
    CHECK(quoted_reason(std::string(1000, 'x'), {}) == std::string(300, 'x') + "...");
    CHECK(quoted_reason(std::string(299, 'x') + "secret", {"secret"}) == std::string(299, 'x') + "*...");
}

TEST_CASE("send_with_retries: a response is awaited until the deadline of the call or a stop request") {
    auto const at = [](std::chrono::milliseconds t) { return std::chrono::steady_clock::time_point(t); };
    SUBCASE("the deadline limits the attempts and the waits between them") {
        test::machine m;
        for (int i = 0; i < 3; ++i) m.answer(503, "busy");
        auto const answer = send_with_retries(m.provider_environment(), {}, {500ms, 3, {.deadline = at(250ms)}});
        REQUIRE(!answer);
        CHECK(answer.error().condition == parley::transport_errc::cancelled);
        CHECK(answer.error().text == "the deadline of the call has passed");
        CHECK(answer.error().sent);
        CHECK(m.waits == std::vector<std::chrono::steady_clock::duration>{100ms, 150ms});
        REQUIRE(m.requests.size() == 2);
        for (auto const& r : m.requests) CHECK(r.deadline == at(250ms));
    }
    SUBCASE("a deadline that has passed") {
        test::machine m;
        auto const answer = send_with_retries(m.provider_environment(), {}, {500ms, 3, {.deadline = at(0ms)}});
        REQUIRE(!answer);
        CHECK(!answer.error().sent);
        CHECK(m.requests.empty());
    }
    SUBCASE("a stop") {
        test::machine m;
        m.fail(parley::transport_errc::reset);
        std::stop_source stop;
        auto from = m.provider_environment();
        from.send = [&, send = from.send](parley::http_request const& r) {
            CHECK(r.stop.stop_possible());
            stop.request_stop();
            return send(r);
        };
        auto const answer = send_with_retries(from, {}, {500ms, 3, {.deadline = {}, .stop = stop.get_token()}});
        REQUIRE(!answer);
        CHECK(answer.error().text == "the call was stopped");
        CHECK(m.requests.size() == 1);
        CHECK(m.waits.empty());
    }
}

TEST_CASE("quoted_reason: a reason contains no byte of a secret") {
    using parley::detail::quoted_reason;
    // After 19 secrets of 107 bytes, the next one crosses the end of the first 2,048 bytes.
    std::string const secret = "s3cr3t-" + std::string(100, 'x');
    std::string text, expected;
    for (int i = 0; i < 20; ++i) {
        text += secret + ',';
        expected += "***,";
    }
    CHECK(quoted_reason(text, {secret}) == expected);
    CHECK(quoted_reason("ab abc bc abcd", {"abc", "bcd"}) == "ab *** bc ***"); // overlapping
    CHECK(quoted_reason("a banana", {"an", "banana"}) == "a ***");             // one contains the other
    CHECK(quoted_reason("aaaa b", {"aa"}) == "*** b");
    CHECK(quoted_reason("a", {""}) == "a");
}

TEST_CASE("quoted_reason: a long reason ends between two characters") {
    using parley::detail::quoted_reason;
    std::string text = "x";
    for (int i = 0; i < 200; ++i) text += "\xc3\xa9";
    CHECK(quoted_reason(text, {}) == text.substr(0, 299) + "...");
    CHECK(quoted_reason(std::string(300, 'x'), {}) == std::string(300, 'x'));
    CHECK(quoted_reason(std::string(301, 'x'), {}) == std::string(300, 'x') + "...");
}

TEST_SUITE_END();
