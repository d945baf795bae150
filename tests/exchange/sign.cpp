// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/sign.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

parley::http_request get(std::string target = "/") {
    parley::http_request request;
    request.method = "GET";
    request.scheme = "https";
    request.host = "example.com";
    request.target = std::move(target);
    return request;
}

std::chrono::system_clock::time_point const now{};

} // namespace

TEST_CASE("the ready-made signers are signers, and so is a lambda") {
    static_assert(parley::signer<parley::anonymous_signer>);
    static_assert(parley::signer<parley::bearer_signer>);
    static_assert(parley::signer<parley::api_key_signer>);
    static_assert(parley::signer<parley::any_signer>);
    auto mine = [](parley::http_request&, std::chrono::system_clock::time_point) { return std::optional<parley::signing_error>(); };
    static_assert(parley::signer<decltype(mine)>);
    static_assert(!parley::signer<int>);
}

TEST_CASE("anonymous requests stay as they are") {
    auto request = get();
    CHECK(!parley::anonymous_signer{}(request, now));
    CHECK(request.fields.empty());
}

// RFC 6750, section 2.1: "Authorization: Bearer mF_9.B5f-4.1JqM".
TEST_CASE("a bearer token is sent over TLS alone, once") {
    parley::bearer_signer const sign{.token = "mF_9.B5f-4.1JqM"};
    auto request = get();
    CHECK(!sign(request, now));
    CHECK(!sign(request, now));
    CHECK(request.fields == parley::headers{{"authorization", "Bearer mF_9.B5f-4.1JqM"}});

    request = get();
    request.scheme = "http";
    auto const error = sign(request, now);
    REQUIRE(error);
    CHECK(error->message() == "a bearer token is not sent without TLS");
    CHECK(request.fields.empty());
    CHECK(!parley::bearer_signer{.token = "t", .allow_plain_http = true}(request, now));
}

TEST_CASE("a token that would add a field is refused, and not told") {
    for (auto const* token : {"", "se\r\ncret", "se\ncret"}) {
        auto request = get();
        auto const error = parley::bearer_signer{.token = token}(request, now);
        REQUIRE(error);
        CHECK(error->message() == "the bearer token can be no header field");
        CHECK(request.fields.empty());
    }
}

TEST_CASE("an API key is a header field, with a scheme or without") {
    auto request = get();
    CHECK(!parley::api_key_signer{.key = "k", .name = "X-Api-Key"}(request, now));
    CHECK(request.fields == parley::headers{{"X-Api-Key", "k"}});
    request = get();
    CHECK(!parley::api_key_signer{.key = "k", .name = "Authorization", .scheme = "ApiKey"}(request, now));
    CHECK(request.fields == parley::headers{{"Authorization", "ApiKey k"}});
}

TEST_CASE("an API key is a query parameter, once in all attempts") {
    parley::api_key_signer sign{.key = "a/b", .name = "api key", .place = parley::api_key_place::query};
    auto request = get("/x?a=1&&b");
    CHECK(!sign(request, now));
    CHECK(request.target == "/x?a=1&&b&api%20key=a%2Fb");
    sign.key = "c";
    CHECK(!sign(request, now));
    CHECK(request.target == "/x?a=1&&b&api%20key=c");
    request = get("/");
    CHECK(!sign(request, now));
    CHECK(!sign(request, now));
    CHECK(request.target == "/?api%20key=c");
    request = get("/?");
    CHECK(!sign(request, now));
    CHECK(request.target == "/?api%20key=c");
}

TEST_CASE("an API key that cannot be sent is refused, and not told") {
    for (auto const& sign : {parley::api_key_signer{.key = "", .name = "X-Key"}, parley::api_key_signer{.key = "sec\nret", .name = "X-Key"},
                             parley::api_key_signer{.key = "secret", .name = "X Key"}, parley::api_key_signer{.key = "secret", .name = ""},
                             parley::api_key_signer{.key = "secret", .name = "", .place = parley::api_key_place::query}}) {
        auto request = get();
        auto const error = sign(request, now);
        REQUIRE(error);
        CHECK(error->message().find("sec") == std::string::npos);
        CHECK(request.fields.empty());
        CHECK(request.target == "/");
    }
}
