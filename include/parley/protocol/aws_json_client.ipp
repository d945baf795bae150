// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_CLIENT_IPP
#define PARLEY_PROTOCOL_AWS_JSON_CLIENT_IPP

#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/aws_json_client.hpp>
#include <parley/protocol/detail/error_reader.hpp>
#include <parley/protocol/detail/message_writer.hpp>
#include <parley/protocol/detail/request_finalizer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::aws_json {

inline bool encode_request(operation_table const& op, input_ref input, endpoint_url const& endpoint,
                           encode_options const& options, http_request& out, std::string_view content_type,
                           std::vector<violation>& errors) {
    if (options.strictness != strictness::compatible) validate(*op.input, input.value, 256, errors);
    protocol::start_request(protocol::message_writer(*op.request, *op.input->structure, input.value, errors), op, endpoint,
                            options, out, errors);
    out.target = endpoint.path;
    if (!out.target.ends_with('/')) out.target += '/';
    out.fields.add("content-type", content_type);
    out.fields.add("x-amz-target", target_of(op));
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    if (op.aws && op.aws->query_compatible) out.fields.add("x-amzn-query-mode", "true");
    encode_json({op.input, input.value}, out.body, errors);
    protocol::finish_request(op, options, out);
    return errors.empty();
}

inline response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                       void* output, declared_error& declared) {
    if (!protocol::is_success(op, response)) return protocol::read_error(op, response, options, declared);
    response_report report;
    report.status = response.status;
    auto const relaxed = protocol::for_client(options);
    // An empty body is equivalent to an empty output.
    auto const body = response.body.empty() ? std::string_view("{}") : response.body;
    if (!decode_json(body, {op.output, output}, relaxed, report.violations, &report.tolerated))
        report.what = response_report::kind::undecodable;
    return report;
}

template <class Protocol>
inline constexpr client_engine client_of{[](operation_table const& op, input_ref input, endpoint_url const& endpoint,
                                            encode_options const& options, http_request& out, std::vector<violation>& errors) {
                                             return encode_request(op, input, endpoint, options, out, Protocol::content_type,
                                                                   errors);
                                         },
                                         &decode_response};

extern client_engine const client_1_0 = client_of<aws_json_1_0>;
extern client_engine const client_1_1 = client_of<aws_json_1_1>;
} // namespace parley::detail::aws_json

#endif
