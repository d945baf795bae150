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

/// The codes that JSON-RPC has defined; those from -32099 to -32000 are left to servers.
/// https://www.jsonrpc.org/specification#error_object
struct json_rpc_code {
    static constexpr std::int64_t parse_error = -32700;
    static constexpr std::int64_t invalid_request = -32600;
    static constexpr std::int64_t method_not_found = -32601;
    static constexpr std::int64_t invalid_params = -32602;
    static constexpr std::int64_t internal_error = -32603;
};

/// An error that is no struct of its own: the "error object" of the specification as it is.
struct json_rpc_error {
    std::int64_t code = 0;
    std::string message;
    std::optional<document> data{};

    /// The error of one of the codes above, with the words that the specification has for it.
    static json_rpc_error of(std::int64_t code);

    friend bool operator==(json_rpc_error const&, json_rpc_error const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_error, (), (code, message, data))

/// One thing that is wrong with params.
struct json_rpc_invalid_param {
    std::string path; ///< JSON Pointer (RFC 6901) within the params
    std::string message;

    friend bool operator==(json_rpc_invalid_param const&, json_rpc_invalid_param const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_param, (), (path, message))

/// What parley's servers say to params that do not fit the method. A client that declares it among the errors of its service
/// can read it.
struct json_rpc_invalid_params {
    std::string message;
    std::vector<json_rpc_invalid_param> violations;

    friend bool operator==(json_rpc_invalid_params const&, json_rpc_invalid_params const&) = default;
};
BOOST_DESCRIBE_STRUCT(json_rpc_invalid_params, (), (message, violations))
constexpr auto parley_traits(json_rpc_invalid_params const*) {
    return traits(rpc_error(json_rpc_code::invalid_params, "Invalid params", fault::client));
}

/// One call or notification that came to a server.
struct json_rpc_request {
    std::string method;
    std::string_view params;       ///< JSON, within the message that came; empty if there are none
    std::optional<json_rpc_id> id; ///< none: a notification, which must not be answered
    std::optional<json_rpc_error>
        wrong; ///< what to answer if it is no valid request; its `id` is null then, or what could be read of it
};

/// What came to a server: one request, or a batch of them.
struct json_rpc_message {
    bool batch = false;
    std::vector<json_rpc_request> requests; ///< one at least
};

} // namespace parley

#endif
