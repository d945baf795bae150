// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_HPP
#define PARLEY_PROTOCOL_REST_JSON_HPP

#include <parley/protocol/protocol_functions.hpp>

namespace parley::inline PARLEY_ABI {

namespace detail::rest_json {

extern client_engine const client;
extern server_engine const server;

} // namespace detail::rest_json

/// JSON over HTTP as AWS's restJson1 has it, and as most hand-made APIs do: members travel in the path, the query, headers
/// and a JSON body. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
///
///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
struct rest_json : protocol_functions<rest_json> {
    static constexpr detail::client_engine const& client_side = detail::rest_json::client;
    static constexpr detail::server_engine const& server_side = detail::rest_json::server;
};

} // namespace parley

#endif
