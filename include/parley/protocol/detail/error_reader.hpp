// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_READER_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_READER_HPP

#include <parley/core/utf8.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/detail/error_identity.hpp>
#include <parley/protocol/detail/error_message.hpp>
#include <parley/protocol/detail/invalid_members.hpp>
#include <parley/protocol/detail/message_reader.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI::detail {

namespace protocol {

// Clients do not check constraints, since a newer version of the service may have relaxed them.
inline decode_options for_client(decode_options options) {
    options.check_constraints = false;
    return options;
}

// Returns true if the body of the error is the text or bytes of a member, so that it need not be JSON.
inline bool has_raw_body(error_entry const& entry) {
    if (!entry.binding->payload) return false;
    auto const kind = entry.binding->payload->value.target->kind;
    return kind == shape_kind::blob || kind == shape_kind::text || kind == shape_kind::enumeration;
}

// The status that the operation declares means success, even if it is that of a redirection.
// https://smithy.io/2.0/spec/http-bindings.html#http-trait
inline bool is_success(operation_table const& op, response_view const& response) {
    return (response.status >= 200 && response.status < 300) || response.status == op.response->status;
}

// The body of an error response. `is_json` is true for an empty body.
struct error_body {
    std::string_view text;
    bool is_json = false;
};

// Decodes the members of a declared error.
[[gnu::cold]] inline void read_declared_error(operation_table const& op, error_entry const& entry, response_view const& response,
                                              error_body const& body, decode_options options, declared_error& declared,
                                              response_report& report) {
    report.what = response_report::kind::declared;
    auto const position = std::find(op.errors.begin(), op.errors.end(), &entry) - op.errors.begin();
    void* const typed = declared.emplace(static_cast<std::size_t>(position), entry.make, entry.drop);
    options.strictness = strictness::lenient; // an error with missing members keeps its type
    std::vector<violation> violations;
    message_reader reader(*entry.binding, *entry.what, typed, options, violations, &report.tolerated);
    reader.read_headers(response);
    bool const raw = has_raw_body(entry);
    auto details = raw ? response.body : body.text;
    if (!entry.binding->payload && !op.scheme.details.empty()) {
        auto const slice = find_json(body.text, op.scheme.details);
        details = slice ? slice->text : std::string_view();
    }
    bool const has_body = (body.is_json || raw) && !details.empty();
    if (has_body) reader.read_body(details);
    auto const& s = *entry.what->structure;
    if (!clear_invalid_members(s, typed, entry.binding->body, has_body, options.limits, violations)) {
        report.what = response_report::kind::undecodable;
        report.violations = std::move(violations);
        return;
    }
    fill_message(s, typed, report.message);
    for (auto& v : violations) report.tolerated.push_back(std::move(v));
}

// Decodes an error response.
[[gnu::cold]] inline response_report read_error(operation_table const& op, response_view const& response,
                                                decode_options const& options, declared_error& declared) {
    using kind = response_report::kind;
    response_report report;
    report.status = response.status;
    auto const relaxed = for_client(options);
    std::string repaired;
    error_body body{response.body};
    if (find_invalid_utf8(body.text) != std::string_view::npos) body.text = repaired = repair_utf8(body.text);
    std::vector<violation> syntax;
    body.is_json = body.text.empty() || decode_json(body.text, {}, relaxed, syntax);
    auto identity = read_error_identity(op.scheme, response, body.text, body.is_json && !body.text.empty());
    auto const* entry = find_error(op, identity, response.status);
    report.code = entry && !identity.has_code ? std::string(entry->code) : std::move(identity.code);
    // "x-amzn-query-error: Code;Fault" has the code of the error in AWS Query. It does not affect the type of the error.
    if (op.aws && op.aws->query_compatible) {
        if (auto const query = response.header("x-amzn-query-error")) report.code = query->substr(0, query->find(';'));
    }
    report.message = std::move(identity.message);
    report.fault = response.status >= 500 ? fault::server : fault::client;
    if (entry) {
        report.retry = entry->retry;
        if (entry->fault != fault::unspecified) report.fault = entry->fault;
    }
    bool const by_status = op.scheme.by == error_scheme::rule::status;
    if (!body.is_json && !(entry && (by_status || has_raw_body(*entry)))) {
        // Probably a page from a proxy. A code in a header field is kept.
        if (!identity.has_code) report.code.clear();
        report.what = kind::undecodable;
        report.violations = std::move(syntax);
        return report;
    }
    if (!entry) {
        report.what = kind::undeclared;
        if (report.message.empty()) {
            report.message = "status " + std::to_string(response.status);
            if (identity.has_code) report.message += ": " + report.code;
        }
        return report;
    }
    read_declared_error(op, *entry, response, body, relaxed, declared, report);
    return report;
}

} // namespace protocol

} // namespace parley::detail

#endif
