// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/router_config.hpp>

#include <doctest/doctest.h>

TEST_CASE("a server's limits are narrower than a client's") {
    parley::router_config const config;
    CHECK(config.limits.bytes < parley::decode_limits().bytes);
    CHECK(config.limits.depth == parley::decode_limits().depth);
    CHECK(config.target_bytes >= 8000); // RFC 9110, section 4.1
}
