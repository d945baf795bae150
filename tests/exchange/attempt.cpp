// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/attempt.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

TEST_CASE("attempt: each verdict has a text") {
    using parley::retry_verdict;
    CHECK(to_string(retry_verdict::retried) == "retried");
    CHECK(to_string(retry_verdict::out_of_tokens) == "no tokens left");
    CHECK(to_string(retry_verdict::hedged) == "another attempt was in flight");
}

TEST_SUITE_END();
