// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_IPP
#define PARLEY_PROTOCOL_AWS_JSON_IPP

#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/encode.hpp>
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/error_reader.ipp>
#include <parley/protocol/message_writer.ipp>
#include <parley/protocol/request_body.ipp>

#include <string>

namespace parley::detail::aws_json {

namespace {

std::string target_of(operation_table const& op) {
    std::string target;
    if (op.aws) target.append(op.aws->target_prefix).append(".");
    return target.append(op.name);
}

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::string_view content_type, std::vector<violation>& errors) {
    if (options.strictness != strictness::compatible) validate(*op.input, input, 256, errors);
    start_request(message_writer(*op.request, *op.input->structure, input, errors), op, options, out);
    out.target = options.endpoint.path;
    if (!out.target.ends_with('/')) out.target += '/';
    out.fields.add("content-type", std::string(content_type));
    out.fields.add("x-amz-target", target_of(op));
    // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
    if (op.aws && op.aws->query_compatible) out.fields.add("x-amzn-query-mode", "true");
    encode_json({op.input, input}, out.body, errors);
    finish_request(op, options, out);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    if (!is_success(response)) return read_error(op, response, options, errors);
    response_report report;
    report.status = response.status;
    auto const relaxed = for_client(options);
    // An empty body is an empty output.
    auto const body = response.body.empty() ? std::string_view("{}") : response.body;
    if (!decode_json(body, {op.output, output}, relaxed, report.violations, &report.tolerated))
        report.what = response_report::kind::undecodable;
    return report;
}

bool matches(operation_table const& op, http_request const& request) {
    auto const path = std::string_view(request.target).substr(0, request.target.find('?'));
    return request.method == "POST" && path == "/" && request.fields.find("x-amz-target") == target_of(op);
}

bool decode_request(operation_table const& op, http_request const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors) {
    if (!matches(op, request)) {
        errors.push_back({errc::invalid_value, {}, "method, path and x-amz-target are not those of the operation"});
        return false;
    }
    auto const body = request.body.empty() ? std::string_view("{}") : request.body;
    return decode_json(body, {op.input, input}, options, errors);
}

bool encode_response(operation_table const& op, void const* output, http_response& out, std::string_view content_type,
                     std::vector<violation>& errors) {
    out.status = 200;
    out.fields.add("content-type", std::string(content_type));
    return encode_json({op.output, output}, out.body, errors);
}

// The code is a member of the body beside those of the error.
bool encode_error(error_entry const& entry, void const* error, http_response& out, std::string_view content_type,
                  std::vector<violation>& errors) {
    out.status = entry.status != 0 ? entry.status : entry.fault == fault::server ? 500 : 400;
    out.fields.add("content-type", std::string(content_type));
    if (!encode_json({entry.what, error}, out.body, errors)) return false;
    std::string code = "{\"__type\":";
    auto const text = std::string(entry.code);
    encode_json({&shape_table<std::string>::value, &text}, code, errors);
    if (out.body != "{}") code += ',';
    out.body.replace(0, 1, code);
    return errors.empty();
}

// The versions of the protocol differ in their content-type alone.
struct version_1_0 {
    static constexpr std::string_view content_type = "application/x-amz-json-1.0";
};
struct version_1_1 {
    static constexpr std::string_view content_type = "application/x-amz-json-1.1";
};

template <class Version>
constexpr protocol_engine engine_of{
    [](operation_table const& op, void const* input, encode_options const& options, http_request& out,
       std::vector<violation>& errors) { return encode_request(op, input, options, out, Version::content_type, errors); },
    &decode_response,
    &matches,
    &decode_request,
    [](operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors) {
        return encode_response(op, output, out, Version::content_type, errors);
    },
    [](error_entry const& entry, void const* error, http_response& out, std::vector<violation>& errors) {
        return encode_error(entry, error, out, Version::content_type, errors);
    }};

} // namespace

extern protocol_engine const engine_1_0 = engine_of<version_1_0>;
extern protocol_engine const engine_1_1 = engine_of<version_1_1>;

} // namespace parley::detail::aws_json

#endif
