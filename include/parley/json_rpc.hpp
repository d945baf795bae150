// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_RPC_HPP
#define PARLEY_JSON_RPC_HPP

// JSON-RPC 2.0, both ends: `json_rpc_client` over a transport of plain messages, `json_rpc_server`, and the messages themselves.
#include <parley/client/json_rpc_client.hpp>
#include <parley/server/json_rpc_server.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/json_rpc.ipp>
#endif
