// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_CLIENT_IPP
#define PARLEY_PROTOCOL_REST_JSON_CLIENT_IPP

#include <parley/describe/validate.hpp>
#include <parley/http/uri.hpp>
#include <parley/protocol/detail/error_reader.hpp>
#include <parley/protocol/detail/message_reader.hpp>
#include <parley/protocol/detail/message_writer.hpp>
#include <parley/protocol/detail/request_finalizer.hpp>
#include <parley/protocol/rest_json_client.hpp>

#include <string>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::rest_json {

inline bool encode_request(operation_table const& op, input_ref input, endpoint_url const& endpoint,
                           encode_options const& options, http_request& out, std::vector<violation>& errors) {
    bool const compatible = options.strictness == strictness::compatible;
    if (!compatible) validate(*op.input, input.value, 256, errors);
    protocol::message_writer writer(*op.request, *op.input->structure, input.value, errors, compatible);
    protocol::start_request(writer, op, endpoint, options, out, errors);
    if (endpoint.path != "/") out.target = endpoint.path;
    writer.write_path(out.target, compatible);
    writer.write_query(out.target);
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, false, input.spent);
    protocol::finish_request(op, options, out);
    return errors.empty();
}

inline response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                       void* output, declared_error& declared) {
    if (!protocol::is_success(op, response)) return protocol::read_error(op, response, options, declared);
    response_report report;
    report.status = response.status;
    auto const relaxed = protocol::for_client(options);
    protocol::message_reader reader(*op.response, *op.output, output, relaxed, report.violations, &report.tolerated);
    reader.read_status(response.status);
    reader.read_headers(response);
    if (!op.response->payload) reader.read_body(response.body);
    reader.require_bound();
    // Last, since the body is moved if there are no violations.
    if (op.response->payload) reader.read_payload(response.body, response.owned);
    if (!report.violations.empty()) report.what = response_report::kind::undecodable;
    return report;
}

extern client_engine const client{&encode_request, &decode_response};

} // namespace parley::detail::rest_json

#endif
