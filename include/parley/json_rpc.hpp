// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_RPC_HPP
#define PARLEY_JSON_RPC_HPP

// Entry header: JSON-RPC 2.0. `json_rpc_client` over a message transport, `json_rpc_server`, and the messages themselves.
#include <parley/client/json_rpc_client.hpp>
#include <parley/server/json_rpc_server.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/json_rpc.ipp>
#endif
