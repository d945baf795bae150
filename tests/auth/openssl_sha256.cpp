// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/auth/openssl_sha256.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("auth");

TEST_CASE("openssl_sha256: agrees with the built-in implementation for all lengths around a block") {
    static_assert(parley::sha256_model<parley::openssl_sha256>);
    std::string bytes;
    for (int i = 0; i <= 200; ++i) {
        CHECK(parley::openssl_sha256::hash(bytes) == parley::sha256_of(bytes));
        CHECK(parley::openssl_sha256::hmac(bytes, "text") == parley::hmac_sha256(bytes, "text"));
        CHECK(parley::openssl_sha256::hmac("key", bytes) == parley::hmac_sha256("key", bytes));
        bytes += static_cast<char>(i * 7);
    }
}

TEST_SUITE_END();
