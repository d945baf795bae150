// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_READER_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_READER_HPP

#include <parley/core/utf8.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/detail/error_identity.hpp>
#include <parley/protocol/detail/error_message.hpp>
#include <parley/protocol/detail/message_reader.hpp>
#include <parley/protocol/detail/wrong_members.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI::detail {

namespace {

// A client takes what the service has, which may have loosened a constraint since.
decode_options for_client(decode_options options) {
    options.check_constraints = false;
    return options;
}

// Whether the body of such an error is a member's text or bytes, and need not be JSON.
bool has_raw_body(error_entry const& entry) {
    if (!entry.binding->payload) return false;
    auto const kind = entry.binding->payload->value.target->kind;
    return kind == shape_kind::blob || kind == shape_kind::text || kind == shape_kind::enumeration;
}

// The status that the operation says is one of success, also if it is that of a redirection.
// https://smithy.io/2.0/spec/http-bindings.html#http-trait
bool is_success(operation_table const& op, response_view const& response) {
    return (response.status >= 200 && response.status < 300) || response.status == op.response->status;
}

// Reads a response that says an error.
[[gnu::cold]] response_report read_error(operation_table const& op, response_view const& response, decode_options const& options,
                                         declared_error& declared) {
    using kind = response_report::kind;
    response_report report;
    report.status = response.status;
    auto relaxed = for_client(options);
    std::string repaired;
    auto body = response.body;
    if (find_invalid_utf8(body) != std::string_view::npos) body = repaired = repair_utf8(body);
    std::vector<violation> syntax;
    bool const is_json = body.empty() || decode_json(body, {}, relaxed, syntax);
    auto head = read_error_identity(op.scheme, response, body, is_json && !body.empty());
    auto const* entry = find_error(op, head, response.status);
    report.code = entry && !head.has_code ? std::string(entry->code) : std::move(head.code);
    // "x-amzn-query-error: Code;Fault" keeps the code that the error had in AWS Query. The type is told as usual.
    if (op.aws && op.aws->query_compatible) {
        if (auto const query = response.header("x-amzn-query-error")) report.code = query->substr(0, query->find(';'));
    }
    report.message = std::move(head.message);
    report.fault = response.status >= 500 ? fault::server : fault::client;
    if (entry) {
        report.retry = entry->retry;
        if (entry->fault != fault::unspecified) report.fault = entry->fault;
    }
    bool const by_status = op.scheme.by == error_scheme::rule::status;
    bool const raw = entry && has_raw_body(*entry);
    if (!is_json && !raw && !(entry && by_status)) {
        // The page of a proxy, most likely, and not the service's error, whatever the status; a code in a header is kept.
        if (!head.has_code) report.code.clear();
        report.what = kind::undecodable;
        report.violations = std::move(syntax);
        return report;
    }
    if (!entry) {
        report.what = kind::undeclared;
        if (report.message.empty()) {
            report.message = "status " + std::to_string(response.status);
            if (head.has_code) report.message += ": " + report.code;
        }
        return report;
    }
    report.what = kind::declared;
    auto const position = std::find(op.errors.begin(), op.errors.end(), entry) - op.errors.begin();
    void* const typed = declared.emplace(static_cast<std::size_t>(position), entry->make, entry->drop);
    relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
    std::vector<violation> wrong;
    message_reader reader(*entry->binding, *entry->what, typed, relaxed, wrong, &report.tolerated);
    reader.read_headers(response);
    auto details = raw ? response.body : body;
    if (!entry->binding->payload && !op.scheme.details.empty()) {
        auto const found = find_json(body, op.scheme.details);
        details = found ? found->text : std::string_view();
    }
    bool const body_came = (is_json || raw) && !details.empty();
    if (body_came) reader.read_body(details);
    auto const& s = *entry->what->structure;
    if (!drop_wrong_members(s, typed, entry->binding->body, body_came, relaxed.limits, wrong)) {
        report.what = kind::undecodable;
        report.violations = std::move(wrong);
        return report;
    }
    fill_message(s, typed, report.message);
    for (auto& v : wrong) report.tolerated.push_back(std::move(v));
    return report;
}

} // namespace

} // namespace parley::detail

#endif
