// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/auth/credentials.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("auth");

using parley::credentials_errc;

TEST_CASE("credentials: an error names the provider and the reason") {
    parley::credentials_error const one{.code = credentials_errc::refused, .provider = "instance metadata", .text = "status 500"};
    CHECK(one.message() == "instance metadata: refused: status 500");
    CHECK(parley::credentials_error{.code = credentials_errc::expired, .provider = "p"}.message() == "p: expired");
    parley::credentials_error const all{.code = credentials_errc::not_configured,
                                        .provider = "chain",
                                        .causes = {{.code = credentials_errc::not_configured, .provider = "environment"}, one}};
    CHECK(all.message() == "chain: not configured (environment: not configured; instance metadata: refused: status 500)");
}

TEST_CASE("credentials: each error code has a description") {
    for (auto const code : {credentials_errc::not_configured, credentials_errc::invalid, credentials_errc::unavailable,
                            credentials_errc::refused, credentials_errc::malformed, credentials_errc::expired}) {
        CHECK(parley::to_string(code) != "unknown error");
    }
}

TEST_CASE("credentials: providers are callable with or without a context") {
    auto lambda = [] { return parley::credentials_result(parley::aws_credentials{.access_key_id = "a"}); };
    static_assert(parley::credentials_provider<decltype(lambda)>);
    static_assert(parley::credentials_provider<parley::any_credentials_provider>);
    static_assert(!parley::credentials_provider<int>);
    CHECK(lambda()->access_key_id == "a");
}

TEST_SUITE_END();
