// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/auth/signing.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("auth");

using namespace std::chrono_literals;
using parley::http_request;
using parley::signing_context;
using parley::signing_error;

TEST_CASE("signing: a signer is callable with a request and optionally a context, and may fail") {
    signing_context const context{std::chrono::system_clock::time_point(1736944496s), 2};
    http_request request;
    parley::request_signer const none;
    CHECK(!none);

    parley::request_signer const simple = [](http_request& r) { r.fields.set("x-api-key", "k"); };
    REQUIRE(simple);
    CHECK(!simple(request, context));
    CHECK(request.fields.find("x-api-key") == "k");

    parley::request_signer const timed = [](http_request& r, signing_context const& c) {
        r.fields.set("x-attempt", std::to_string(c.attempt));
    };
    CHECK(!timed(request, context));
    CHECK(request.fields.find("x-attempt") == "2");

    parley::request_signer const failing = [](http_request&, signing_context const& c) -> std::optional<signing_error> {
        if (c.attempt > 1) return signing_error{"the token has expired"};
        return std::nullopt;
    };
    CHECK(failing(request, context)->text == "the token has expired");
    CHECK(!failing(request, {}));
}

TEST_CASE("signing: copies of a signer share its state") {
    parley::request_signer const counting = [n = 0](http_request& r) mutable { r.fields.set("n", std::to_string(++n)); };
    auto const copy = counting;
    http_request request;
    static_cast<void>(counting(request, {}));
    static_cast<void>(copy(request, {}));
    CHECK(request.fields.find("n") == "2");
}

TEST_SUITE_END();
