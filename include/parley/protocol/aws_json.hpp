// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_HPP
#define PARLEY_PROTOCOL_AWS_JSON_HPP

#include <parley/protocol/aws_json_client.hpp>
#include <parley/protocol/aws_json_server.hpp>
#include <parley/protocol/protocol_functions.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

namespace detail::aws_json {

/// Returns the value of the header field `x-amz-target` for an operation.
inline std::string target_of(operation_table const& op) {
    std::string target;
    if (op.aws) target.append(op.aws->target_prefix).append(".");
    return target.append(op.name);
}

} // namespace detail::aws_json

/// The protocol awsJson1_0, an RPC protocol of many AWS services.
///
/// Each call is a POST to "/". The header field `x-amz-target` names the operation, the body is the input as JSON.
/// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
struct aws_json_1_0 : protocol_functions<aws_json_1_0> {
    /// Media type of request and response bodies.
    static constexpr std::string_view content_type = "application/x-amz-json-1.0";
    /// The functions of the client.
    static constexpr detail::client_engine const& client_side = detail::aws_json::client_1_0;
    /// The functions of the server.
    static constexpr detail::server_engine const& server_side = detail::aws_json::server_1_0;
};

/// The protocol awsJson1_1 of older AWS services. It differs from `aws_json_1_0` in the media type, and servers send error codes
/// without a namespace. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
struct aws_json_1_1 : protocol_functions<aws_json_1_1> {
    /// Media type of request and response bodies.
    static constexpr std::string_view content_type = "application/x-amz-json-1.1";
    /// The functions of the client.
    static constexpr detail::client_engine const& client_side = detail::aws_json::client_1_1;
    /// The functions of the server.
    static constexpr detail::server_engine const& server_side = detail::aws_json::server_1_1;
};

} // namespace parley

#endif
