// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_HPP
#define PARLEY_PROTOCOL_REST_JSON_HPP

#include <parley/protocol/protocol_functions.hpp>
#include <parley/protocol/rest_json_client.hpp>
#include <parley/protocol/rest_json_server.hpp>

namespace parley::inline PARLEY_ABI {

/// The protocol of most hand-written APIs, and restJson1 of AWS: members are bound to the path, the query, header fields and a JSON
/// body. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
///
///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
struct rest_json : protocol_functions<rest_json> {
    /// The functions of the client.
    static constexpr detail::client_engine const& client_side = detail::rest_json::client;
    /// The functions of the server.
    static constexpr detail::server_engine const& server_side = detail::rest_json::server;
};

} // namespace parley

#endif
