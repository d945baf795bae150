// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_IPP
#define PARLEY_PROTOCOL_REST_JSON_IPP

#include <parley/describe/validate.hpp>
#include <parley/http/uri.hpp>
#include <parley/protocol/error_reader.ipp>
#include <parley/protocol/message_reader.ipp>
#include <parley/protocol/message_writer.ipp>
#include <parley/protocol/request_body.ipp>
#include <parley/protocol/rest_json.hpp>

#include <algorithm>

namespace parley::detail {

namespace rest_json {

namespace {

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::vector<violation>& errors) {
    bool const compatible = options.strictness == strictness::compatible;
    if (!compatible) validate(*op.input, input, 256, errors);
    message_writer writer(*op.request, *op.input->structure, input, errors);
    start_request(writer, op, options, out);
    if (options.endpoint.path != "/") out.target = options.endpoint.path;
    writer.write_path(out.target, compatible);
    writer.write_query(out.target);
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, false);
    finish_request(op, options, out);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    if (!is_success(response)) return read_error(op, response, options, errors);
    response_report report;
    report.status = response.status;
    auto const relaxed = for_client(options);
    message_reader reader(*op.response, *op.output, output, relaxed, report.violations, &report.tolerated);
    reader.read_status(response.status);
    reader.read_headers(response);
    reader.read_body(response.body);
    reader.require_bound();
    if (!report.violations.empty()) report.what = response_report::kind::undecodable;
    return report;
}

bool matches(operation_table const& op, http_request const& request) {
    if (request.method != op.request->method) return false;
    std::string_view const target = request.target;
    auto const question = target.find('?');
    decode_options const options;
    std::vector<violation> errors;
    message_reader reader(*op.request, *op.input, nullptr, options, errors, nullptr);
    if (!reader.read_path(target.substr(0, question), false)) return false;
    for (auto const& part : op.request->parts) {
        if (part.place != template_place::query_text) continue;
        auto const query = parse_query(question == target.npos ? std::string_view() : target.substr(question + 1));
        if (!query) return false;
        auto const same = [&](auto const& item) { return item.first == part.name && item.second == part.text; };
        if (std::none_of(query->begin(), query->end(), same)) return false;
    }
    return true;
}

bool decode_request(operation_table const& op, http_request const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors) {
    std::string_view const target = request.target;
    auto const question = target.find('?');
    message_reader reader(*op.request, *op.input, input, options, errors, nullptr);
    if (request.method != op.request->method || !reader.read_path(target.substr(0, question), true)) {
        errors.push_back({errc::invalid_value, {}, "method and path are not those of the operation"});
        return false;
    }
    auto const query = parse_query(question == target.npos ? std::string_view() : target.substr(question + 1));
    if (query) reader.read_query(*query);
    else errors.push_back({errc::invalid_value, {}, "the query has a bad percent escape"});
    http_response message{0, request.fields, {}};
    reader.read_headers(view_of(message));
    reader.read_body(request.body);
    reader.require_bound();
    reader.check_bound();
    return errors.empty();
}

bool encode_response(operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors) {
    message_writer writer(*op.response, *op.output->structure, output, errors);
    out.status = op.response->status;
    for (auto const& part : op.response->parts) {
        if (part.place != template_place::status) continue;
        auto const* value = held_by(*part.member, *op.output->structure, output);
        out.status = value ? static_cast<int>(signed_value(*part.member->value.target, value)) : 200;
    }
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, !op.response->payload);
    return errors.empty();
}

bool encode_error(error_entry const& entry, void const* error, http_response& out, std::vector<violation>& errors) {
    message_writer writer(*entry.binding, *entry.what->structure, error, errors);
    out.status = entry.status != 0 ? entry.status : entry.fault == fault::server ? 500 : 400;
    out.fields.add("x-amzn-errortype", std::string(entry.code));
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, true);
    return errors.empty();
}

} // namespace

extern protocol_engine const engine{&encode_request,  &decode_response, &matches,
                                    &decode_request, &encode_response, &encode_error};

} // namespace rest_json

} // namespace parley::detail

#endif
