// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_SERVER_IPP
#define PARLEY_PROTOCOL_AWS_JSON_SERVER_IPP

#include <parley/core/text.hpp>
#include <parley/describe/unit.hpp>
#include <parley/http/media_type.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/aws_json_server.hpp>
#include <parley/protocol/detail/error_writer.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::aws_json {

// Compares "Prefix.Name" without a temporary string.
inline bool is_target_of(operation_table const& op, std::string_view target) {
    auto const prefix = op.aws ? op.aws->target_prefix : std::string_view();
    if (op.aws && (!target.starts_with(prefix) || target.substr(prefix.size(), 1) != ".")) return false;
    return target.substr(op.aws ? prefix.size() + 1 : 0) == op.name;
}

inline route_result route(std::span<operation_table const* const> operations, request_view const& request, bool) {
    auto const target = request.header("x-amz-target");
    if (request.path() != "/" || !target) return {};
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (!is_target_of(*operations[i], *target)) continue;
        if (request.method != "POST") return {std::nullopt, "POST"};
        return {i, {}};
    }
    return {};
}

inline media_type_check check_media_types(request_view const& request, std::string_view content_type) {
    if (!equals_ignore_case(essence_of(request.header("content-type").value_or("")), content_type)) return {415, content_type};
    return {accepts(request, content_type) ? 0 : 406, content_type};
}

inline bool decode_request(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                           std::vector<violation>& errors) {
    if (!route(std::array{&op}, request, false).position) {
        errors.push_back({errc::invalid_value, {}, "method, path or x-amz-target does not match the operation"});
        return false;
    }
    auto const body = request.body.empty() ? std::string_view("{}") : request.body;
    return decode_json(body, {op.input, input}, options, errors);
}

inline bool encode_response(operation_table const& op, input_ref output, http_response& out, std::string_view content_type,
                            std::vector<violation>& errors) {
    out.status = 200;
    out.fields.add("content-type", content_type);
    if (op.output == &shape_table<unit>::value) return true; // no output, no body
    return encode_json({op.output, output.value}, out.body, errors);
}

// The versions of the protocol differ in the media type and in error codes: servers SHOULD send the whole shape id in 1.0.
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
struct dialect {
    std::string_view content_type;
    bool qualified_codes;
};
inline constexpr dialect version_1_0{aws_json_1_0::content_type, true}, version_1_1{aws_json_1_1::content_type, false};

// Writes the code and the members of the error into one object. `modeled`: whether the model declares the error.
inline void write_error(dialect const& version, service_facts const& service, int status, std::string_view code, bool modeled,
                        std::string members, http_response& out) {
    std::string type;
    if (version.qualified_codes && modeled && service.aws && !service.aws->shape_namespace.empty())
        type.append(service.aws->shape_namespace).append("#");
    std::array<protocol::body_part, 2> const parts{{{"/__type", protocol::quoted(type.append(code))}, {"", std::move(members)}}};
    out.status = status;
    out.fields.set("content-type", version.content_type);
    out.body = protocol::assemble(parts);
}

inline bool encode_error(dialect const& version, service_facts const& service, error_entry const& entry, void const* error,
                         http_response& out, std::vector<violation>& errors) {
    std::string members;
    if (!encode_json({entry.what, error}, members, errors)) return false;
    int const status = protocol::status_of(entry);
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    if (service.aws && service.aws->query_compatible)
        out.fields.add("x-amzn-query-error", std::string(entry.query_code) + (status < 500 ? ";Sender" : ";Receiver"));
    write_error(version, service, status, entry.code, true, std::move(members), out);
    return true;
}

template <dialect const& Version>
inline constexpr server_engine server_of{
    &route,
    [](operation_table const&, request_view const& request) { return check_media_types(request, Version.content_type); },
    &decode_request,
    [](operation_table const& op, input_ref output, http_response& out, std::vector<violation>& errors) {
        return encode_response(op, output, out, Version.content_type, errors);
    },
    [](service_facts const& service, error_entry const& entry, void const* error, http_response& out,
       std::vector<violation>& errors) { return encode_error(Version, service, entry, error, out, errors); },
    [](service_facts const& service, int status, std::string_view code, std::string_view message, http_response& out) {
        write_error(Version, service, status, code, false, "{\"message\":" + protocol::quoted(std::string(message)) + '}', out);
    }};

extern server_engine const server_1_0 = server_of<version_1_0>;
extern server_engine const server_1_1 = server_of<version_1_1>;
} // namespace parley::detail::aws_json

#endif
