// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/json_rpc_message.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("protocol");

TEST_CASE("json_rpc_message: codes of the specification have its messages") {
    using parley::json_rpc_error;
    CHECK(json_rpc_error::of(-32700) == json_rpc_error{-32700, "Parse error"});
    CHECK(json_rpc_error::of(-32600) == json_rpc_error{-32600, "Invalid Request"});
    CHECK(json_rpc_error::of(-32601) == json_rpc_error{-32601, "Method not found"});
    CHECK(json_rpc_error::of(-32602) == json_rpc_error{-32602, "Invalid params"});
    CHECK(json_rpc_error::of(-32603) == json_rpc_error{-32603, "Internal error"});
    CHECK(json_rpc_error::of(-32000) == json_rpc_error{-32000, "Server error"});
}

TEST_SUITE_END();
