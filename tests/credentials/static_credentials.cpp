// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/static_credentials.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("credentials");

TEST_CASE("static_credentials: the given credentials are returned if they are complete") {
    static_assert(parley::credentials_provider<parley::static_credentials>);
    auto const given =
        parley::static_credentials{{.access_key_id = "id", .secret_access_key = "secret", .session_token = "token"}}();
    REQUIRE(given);
    CHECK(given->session_token == "token");
    auto const none = parley::static_credentials{{.access_key_id = "id"}}();
    REQUIRE(!none);
    CHECK(none.error().message() == "static: invalid configuration: a key is empty");
}

TEST_SUITE_END();
