// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/message.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

// request_view.cpp and response.cpp test field_view and message_traits.

TEST_CASE("message: an empty field_view has no fields") {
    parley::field_view const view;
    CHECK(!view.header("a"));
    CHECK(!view.can_iterate());
}

TEST_SUITE_END();
