// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_MESSAGE_HPP
#define PARLEY_PROTOCOL_JSON_RPC_MESSAGE_HPP

#include <parley/describe/document.hpp>
#include <parley/describe/traits.hpp>
#include <parley/protocol/json_rpc_id.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Error codes of the JSON-RPC specification. Codes from -32099 to -32000 are reserved for servers.
/// https://www.jsonrpc.org/specification#error_object
struct json_rpc_code {
    static constexpr std::int64_t parse_error = -32700;      ///< The message is not JSON.
    static constexpr std::int64_t invalid_request = -32600;  ///< The message is not a request.
    static constexpr std::int64_t method_not_found = -32601; ///< The method does not exist.
    static constexpr std::int64_t invalid_params = -32602;   ///< The params do not match the method.
    static constexpr std::int64_t internal_error = -32603;   ///< The server failed.
};

/// The error object of the specification, for errors without a struct of their own.
struct json_rpc_error {
    std::int64_t code = 0;          ///< Error code.
    std::string message;            ///< Short description, one sentence.
    std::optional<document> data{}; ///< Additional information.

    /// Returns an error with one of the codes of `json_rpc_code` and the message of the specification.
    static json_rpc_error of(std::int64_t code);

    /// Compares all members.
    friend bool operator==(json_rpc_error const&, json_rpc_error const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_error, (), (code, message, data))

/// One violation in params.
struct json_rpc_invalid_param {
    std::string path;    ///< JSON Pointer (RFC 6901) in the params.
    std::string message; ///< Description of the violation.

    /// Compares all members.
    friend bool operator==(json_rpc_invalid_param const&, json_rpc_invalid_param const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_param, (), (path, message))

/// The error that parley's servers send for invalid params. Clients decode it if their service declares it.
struct json_rpc_invalid_params {
    std::string message;                            ///< "Invalid params".
    std::vector<json_rpc_invalid_param> violations; ///< All violations.

    /// Compares all members.
    friend bool operator==(json_rpc_invalid_params const&, json_rpc_invalid_params const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_params, (), (message, violations))
/// Assigns the code "Invalid params" to `json_rpc_invalid_params`.
constexpr auto parley_traits(json_rpc_invalid_params const*) {
    return traits(rpc_error(json_rpc_code::invalid_params, "Invalid params", fault::client));
}

/// A request or notification that a server received.
struct json_rpc_request {
    std::string method;            ///< Name of the method.
    std::string_view params;       ///< Params as JSON, a part of the message. Empty if the request has no params.
    std::optional<json_rpc_id> id; ///< `nullopt` for a notification, to which the server sends no response.
    /// Set if the request is invalid: the error to send. `id` is then the id of the request if it can be read, otherwise null.
    std::optional<json_rpc_error> wrong;
};

/// A message that a server received: one request or a batch.
struct json_rpc_message {
    bool batch = false;                     ///< Whether the message is a batch.
    std::vector<json_rpc_request> requests; ///< Requests, at least one.
};

} // namespace parley

#endif
