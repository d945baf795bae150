// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_MESSAGE_IPP
#define PARLEY_PROTOCOL_JSON_RPC_MESSAGE_IPP

#include <parley/protocol/json_rpc_message.hpp>

namespace parley::inline PARLEY_ABI {

json_rpc_error json_rpc_error::of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error: return {code, "Parse error"};
    case json_rpc_code::invalid_request: return {code, "Invalid Request"};
    case json_rpc_code::method_not_found: return {code, "Method not found"};
    case json_rpc_code::invalid_params: return {code, "Invalid params"};
    case json_rpc_code::internal_error: return {code, "Internal error"};
    default: return {code, "Server error"};
    }
}

} // namespace parley

#endif
