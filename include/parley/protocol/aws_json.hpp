// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_HPP
#define PARLEY_PROTOCOL_AWS_JSON_HPP

#include <parley/protocol/protocol_functions.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

namespace detail::aws_json {

extern client_engine const client_1_0, client_1_1;
extern server_engine const server_1_0, server_1_1;

/// The header x-amz-target.
inline std::string target_of(operation_table const& op) {
    std::string target;
    if (op.aws) target.append(op.aws->target_prefix).append(".");
    return target.append(op.name);
}

} // namespace detail::aws_json

/// The RPC protocol of many services of AWS: each call is a POST to "/" whose header x-amz-target names the operation, and
/// whose body is the input as JSON. https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
struct aws_json_1_0 : protocol_functions<aws_json_1_0> {
    static constexpr std::string_view content_type = "application/x-amz-json-1.0";
    static constexpr detail::client_engine const& client_side = detail::aws_json::client_1_0;
    static constexpr detail::server_engine const& server_side = detail::aws_json::server_1_0;
};

/// The same with another content-type, of older services.
/// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
struct aws_json_1_1 : protocol_functions<aws_json_1_1> {
    static constexpr std::string_view content_type = "application/x-amz-json-1.1";
    static constexpr detail::client_engine const& client_side = detail::aws_json::client_1_1;
    static constexpr detail::server_engine const& server_side = detail::aws_json::server_1_1;
};

} // namespace parley

#endif
