// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/auth/signers.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("auth");

namespace {

parley::http_request get(std::string target = "/") {
    parley::http_request request;
    request.method = "GET";
    request.scheme = "https";
    request.host = "example.com";
    request.target = std::move(target);
    return request;
}

parley::signing_context const now{};

} // namespace

TEST_CASE("signers: all signers convert to request_signer") {
    auto request = get();
    for (parley::request_signer const& sign :
         {parley::request_signer(parley::anonymous_signer{}), parley::request_signer(parley::bearer_signer{.token = "t"}),
          parley::request_signer(parley::api_key_signer{.key = "k", .name = "X-Key"})}) {
        CHECK(!sign(request, now));
    }
    CHECK(request.fields == parley::headers{{"authorization", "Bearer t"}, {"X-Key", "k"}});
}

TEST_CASE("signers: anonymous_signer does not change the request") {
    auto request = get();
    CHECK(!parley::anonymous_signer{}(request, now));
    CHECK(request.fields.empty());
}

// RFC 6750, section 2.1: "Authorization: Bearer mF_9.B5f-4.1JqM".
TEST_CASE("signers: bearer_signer requires TLS and sets one field") {
    parley::bearer_signer const sign{.token = "mF_9.B5f-4.1JqM"};
    auto request = get();
    CHECK(!sign(request, now));
    CHECK(!sign(request, now));
    CHECK(request.fields == parley::headers{{"authorization", "Bearer mF_9.B5f-4.1JqM"}});

    request = get();
    request.scheme = "http";
    auto const error = sign(request, now);
    REQUIRE(error);
    CHECK(error->text == "a bearer token requires TLS");
    CHECK(request.fields.empty());
    CHECK(!parley::bearer_signer{.token = "t", .allow_plain_http = true}(request, now));
}

TEST_CASE("signers: bearer_signer rejects an invalid token without revealing it") {
    for (auto const* token : {"", "se\r\ncret", "se\ncret"}) {
        auto request = get();
        auto const error = parley::bearer_signer{.token = token}(request, now);
        REQUIRE(error);
        CHECK(error->text == "the bearer token is empty or not a valid header value");
        CHECK(request.fields.empty());
    }
}

TEST_CASE("signers: api_key_signer sets a header field with an optional scheme") {
    auto request = get();
    CHECK(!parley::api_key_signer{.key = "k", .name = "X-Api-Key"}(request, now));
    CHECK(request.fields == parley::headers{{"X-Api-Key", "k"}});
    request = get();
    CHECK(!parley::api_key_signer{.key = "k", .name = "Authorization", .scheme = "ApiKey"}(request, now));
    CHECK(request.fields == parley::headers{{"Authorization", "ApiKey k"}});
}

TEST_CASE("signers: api_key_signer sets one query parameter in all attempts") {
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

TEST_CASE("signers: api_key_signer rejects an invalid key without revealing it") {
    for (auto const& sign :
         {parley::api_key_signer{.key = "", .name = "X-Key"}, parley::api_key_signer{.key = "sec\nret", .name = "X-Key"},
          parley::api_key_signer{.key = "secret", .name = "X Key"}, parley::api_key_signer{.key = "secret", .name = ""},
          parley::api_key_signer{.key = "secret", .name = "", .place = parley::api_key_place::query}}) {
        auto request = get();
        auto const error = sign(request, now);
        REQUIRE(error);
        CHECK(error->text.find("sec") == std::string::npos);
        CHECK(request.fields.empty());
        CHECK(request.target == "/");
    }
}

TEST_SUITE_END();
