// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/message.hpp>

#include <doctest/doctest.h>

// What views of requests and responses have in common is tested with them: request_view.cpp, response.cpp.

TEST_CASE("a view of nothing has no fields") {
    parley::field_view const view;
    CHECK(!view.header("a"));
    CHECK(!view.can_iterate());
}
