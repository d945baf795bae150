// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_IPP
#define PARLEY_PROTOCOL_REST_JSON_IPP

#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/error_head.ipp>
#include <parley/protocol/message_reader.ipp>
#include <parley/protocol/message_writer.ipp>
#include <parley/protocol/rest_json.hpp>

#include <algorithm>

namespace parley::detail {

http_response copy_of(response_view const& response) {
    http_response copy;
    copy.status = response.status;
    copy.body = response.body;
    if (response.can_iterate()) {
        response.each_header(
            [](void* context, std::string_view name, std::string_view value) {
                static_cast<headers*>(context)->add(std::string(name), std::string(value));
            },
            &copy.fields);
    }
    return copy;
}

namespace rest_json {

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::vector<violation>& errors) {
    bool const compatible = options.strictness == strictness::compatible;
    if (!compatible) validate(*op.input, input, 256, errors);
    message_writer writer(*op.request, *op.input->structure, input, errors);
    out.method = op.request->method;
    out.scheme = options.endpoint.scheme;
    out.host = options.host_prefix ? writer.host_prefix() + options.endpoint.host : options.endpoint.host;
    out.port = options.endpoint.port;
    if (options.endpoint.path != "/") out.target = options.endpoint.path;
    writer.write_path(out.target, compatible);
    writer.write_query(out.target);
    writer.write_headers(out.fields);
    writer.write_body(out.fields, out.body, false);
    return errors.empty();
}

response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors) {
    using kind = response_report::kind;
    response_report report;
    report.status = response.status;
    auto relaxed = options;
    relaxed.check_constraints = false; // a client takes what the service has, which may have loosened a constraint since
    if (response.status >= 200 && response.status < 300) {
        message_reader reader(*op.response, *op.output, output, relaxed, report.violations, &report.tolerated);
        reader.read_status(response.status);
        reader.read_headers(response);
        reader.read_body(response.body);
        reader.require_bound();
        if (!report.violations.empty()) report.what = kind::undecodable;
        return report;
    }
    std::string repaired;
    auto body = response.body;
    if (find_invalid_utf8(body) != std::string_view::npos) body = repaired = repair_utf8(body);
    std::vector<violation> syntax;
    bool const is_json = body.empty() || decode_json(body, {}, relaxed, syntax);
    auto head = read_error_head(op.scheme, response, body, is_json && !body.empty());
    auto const* entry = find_error(op, head, response.status);
    report.code = std::move(head.code);
    report.message = std::move(head.message);
    report.fault = response.status >= 500 ? fault::server : fault::client;
    if (entry) {
        report.retry = entry->retry;
        if (entry->fault != fault::unspecified) report.fault = entry->fault;
    }
    bool const by_status = op.scheme.by == error_scheme::rule::status;
    if (!is_json && !(entry && by_status)) {
        // The page of a proxy, most likely, and not the service's error, whatever the status; a code in a header is kept.
        if (!head.has_code) report.code.clear();
        report.what = kind::undecodable;
        report.violations = std::move(syntax);
        return report;
    }
    if (!entry) {
        report.what = kind::undeclared;
        if (report.message.empty()) report.message = "status " + std::to_string(response.status);
        return report;
    }
    report.what = kind::declared;
    void* const typed = entry->emplace(errors);
    relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
    std::vector<violation> ignored;
    message_reader reader(*entry->binding, *entry->what, typed, relaxed, ignored, &report.tolerated);
    reader.read_headers(response);
    auto details = body;
    if (!op.scheme.details.empty()) {
        auto const found = find_json(body, op.scheme.details);
        details = found ? found->text : std::string_view();
    }
    if (is_json && !details.empty()) reader.read_body(details);
    fill_message(*entry->what->structure, typed, report.message);
    for (auto& v : ignored) report.tolerated.push_back(std::move(v));
    return report;
}

bool matches(operation_table const& op, std::string_view method, std::string_view target) {
    if (method != op.request->method) return false;
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

} // namespace rest_json

} // namespace parley::detail

#endif
