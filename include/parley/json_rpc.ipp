// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_RPC_IPP
#define PARLEY_JSON_RPC_IPP

// The non-template definitions of json_rpc.hpp.
#include <parley/client/random.ipp>
#include <parley/exchange/json_rpc_exchange.ipp>
#include <parley/exchange/outcome.ipp>
#include <parley/exchange/thrown.ipp>
#include <parley/http/headers.ipp>
#include <parley/json.ipp>
#include <parley/protocol/call_error.ipp>
#include <parley/protocol/json_rpc.ipp>
#include <parley/protocol/json_rpc_id.ipp>
#include <parley/protocol/json_rpc_message.ipp>
#include <parley/protocol/protocol_engine.ipp>
#include <parley/server/json_rpc_server.ipp>

#endif
