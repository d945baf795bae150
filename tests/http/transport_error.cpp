// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/transport_error.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

TEST_CASE("transport_error: the message has the condition and the details") {
    CHECK(parley::transport_error{parley::transport_errc::refused, false, "no route"}.message()
          == "connection refused: no route");
    CHECK(parley::transport_error{parley::transport_errc::timed_out, true, {}}.message() == "timed out");
}

TEST_SUITE_END();
