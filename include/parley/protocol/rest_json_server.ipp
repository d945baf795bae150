// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_SERVER_IPP
#define PARLEY_PROTOCOL_REST_JSON_SERVER_IPP

#include <parley/core/text.hpp>
#include <parley/describe/unit.hpp>
#include <parley/http/media_type.hpp>
#include <parley/http/path_pattern.hpp>
#include <parley/http/uri.hpp>
#include <parley/protocol/detail/error_writer.hpp>
#include <parley/protocol/detail/message_reader.hpp>
#include <parley/protocol/detail/message_writer.hpp>
#include <parley/protocol/rest_json_server.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail::rest_json {

// Returns true if the operation has no host prefix, or the host begins with the prefix and is longer.
inline bool matches_host(message_binding const& binding, std::string_view host) {
    bool prefixed = false;
    for (auto part = binding.parts.begin(); part != binding.parts.end(); ++part) {
        if (part->place == template_place::host_text) {
            prefixed = true;
            if (!equals_ignore_case(host.substr(0, part->text.size()), part->text)) return false;
            host.remove_prefix(part->text.size());
        } else if (part->place == template_place::host_label) {
            // A label does not span several host name labels. It ends before the next literal text of the prefix.
            prefixed = true;
            auto const next = part + 1;
            bool const text_follows = next != binding.parts.end() && next->place == template_place::host_text;
            std::size_t end = std::min<std::size_t>(1, host.size());
            while (end < host.size() && host[end] != '.'
                   && !(text_follows && equals_ignore_case(host.substr(end, next->text.size()), next->text)))
                ++end;
            host.remove_prefix(end);
        }
    }
    return !prefixed || !host.empty();
}

// Returns true if the query contains the literal parameters of the template. Literals without a value match any value.
inline bool matches_query(message_binding const& binding, std::string_view query) {
    for (auto const& part : binding.parts) {
        if (part.place != template_place::query_text) continue;
        bool matches = false;
        for (auto rest = query; !rest.empty() && !matches;) {
            auto const item = rest.substr(0, rest.find('&'));
            rest.remove_prefix(std::min(item.size() + 1, rest.size()));
            auto const equals = std::min(item.find('='), item.size());
            auto const value = item.substr(std::min(equals + 1, item.size()));
            matches = percent_decodes_to(item.substr(0, equals), part.name)
                      && (part.text.empty() || percent_decodes_to(value, part.text));
        }
        if (!matches) return false;
    }
    return true;
}

inline route_result route(std::span<operation_table const* const> operations, request_view const& request, bool check_host) {
    auto const path = request.path(), query = request.query();
    route_result result;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        auto const& binding = *operations[i]->request;
        bool const same_method = binding.method == request.method;
        if (!same_method && result.allow.find(binding.method) != result.allow.npos) continue;
        if (!match_path(binding.path, path, [](std::string_view) {}) || !matches_query(binding, query)) continue;
        if (check_host && !matches_host(binding, request.host)) continue;
        if (same_method) return {i, {}};
        result.allow.append(result.allow.empty() ? "" : ", ").append(binding.method);
    }
    return result;
}

inline bool is_bodiless(operation_table const& op, int status) {
    // RFC 9110, sections 9.3.2, 15.2, 15.3.5 and 15.4.5.
    return op.request->method == "HEAD" || status < 200 || status == 204 || status == 304;
}

inline bool is_unit(shape const& type) { return &type == &shape_table<unit>::value; }

// Returns the media type of the body of a message: "" if there is no body, "*/*" if any media type is valid.
inline std::string_view media_type_of(message_binding const& binding, shape const& type) {
    if (auto const* m = binding.payload) {
        switch (m->value.target->kind) {
        case shape_kind::blob: return m->media_type.empty() ? "*/*" : m->media_type;
        case shape_kind::text:
        case shape_kind::enumeration: return m->media_type.empty() ? "text/plain" : m->media_type;
        default: return "application/json";
        }
    }
    return is_unit(type) ? "" : "application/json";
}

inline media_type_check check_media_types(operation_table const& op, request_view const& request) {
    auto expected = media_type_of(*op.request, *op.input);
    // There is no body if all members of the input are bound to other places. An input without members may be an empty object.
    if (!op.request->payload && op.request->body.empty() && op.input->structure->count > 0) expected = "";
    auto const type = request.header("content-type");
    if (!request.body.empty() && expected != "*/*") {
        if (expected.empty() ? type.has_value() : !equals_ignore_case(essence_of(type.value_or("")), essence_of(expected)))
            return {415, expected};
    }
    auto const produced = media_type_of(*op.response, *op.output);
    bool const any = produced.empty() || produced == "*/*" || is_bodiless(op, op.response->status);
    return {any || accepts(request, essence_of(produced)) ? 0 : 406, produced};
}

inline bool decode_request(operation_table const& op, request_view const& request, decode_options const& options, void* input,
                           std::vector<violation>& errors) {
    if (!route(std::array{&op}, request, false).position) {
        errors.push_back({errc::invalid_value, {}, "method, path or query does not match the operation"});
        return false;
    }
    auto first = errors.size();
    protocol::message_reader reader(*op.request, *op.input, input, options, errors, nullptr);
    reader.read_path(request.path());
    reader.read_query(request.query());
    reader.read_headers(request);
    reader.read_body(request.body);
    reader.fill_absent();
    reader.require_bound();
    reader.check_bound();
    bool const good = errors.size() == first;
    for (; first < errors.size(); ++first) hide_secrets(*op.input, errors[first].path);
    return good;
}

inline bool encode_response(operation_table const& op, input_ref output, http_response& out, std::vector<violation>& errors) {
    protocol::message_writer writer(*op.response, *op.output->structure, output.value, errors);
    out.status = op.response->status;
    for (auto const& part : op.response->parts) {
        if (part.place != template_place::status) continue;
        auto const* value = op.output->structure->held(*part.member, output.value);
        if (!value) continue;
        // RFC 9110, section 15: a status has three digits, and statuses below 200 are not final.
        auto const status = signed_value(*part.member->value.target, value);
        if (status < 200 || status > 999)
            protocol::add_error(errors, errc::invalid_value, *part.member, "expected a status between 200 and 999");
        else out.status = static_cast<int>(status);
    }
    writer.write_headers(out.fields, true);
    if (!is_bodiless(op, out.status))
        writer.write_body(out.fields, out.body, !op.response->payload && !is_unit(*op.output), output.spent);
    else if (op.request->method != "HEAD") // HEAD omits the body of the response to GET
        writer.report_lost_members();
    return errors.empty();
}

inline bool encode_error(service_facts const& service, error_entry const& entry, void const* error, http_response& out,
                         std::vector<violation>& errors) {
    protocol::message_writer writer(*entry.binding, *entry.what->structure, error, errors);
    writer.write_headers(out.fields, true);
    std::string body;
    writer.write_body(out.fields, body, true);
    if (!errors.empty()) return false;
    if (entry.binding->payload) {
        protocol::write_error(service.scheme, protocol::status_of(entry), entry.code, {}, "{}", out);
        out.body = std::move(body);
    } else {
        out.fields.erase("content-type");
        protocol::write_error(service.scheme, protocol::status_of(entry), entry.code, protocol::message_of(entry, error),
                              std::move(body), out);
    }
    return true;
}

inline void encode_code(service_facts const& service, int status, std::string_view code, std::string_view message,
                        http_response& out) {
    std::string const text(message);
    // Some schemes define the place of the message; the others need a member.
    bool const has_place = service.scheme.by == error_scheme::rule::member || service.scheme.by == error_scheme::rule::problem;
    protocol::write_error(service.scheme, status, code, text,
                          has_place || text.empty() ? "{}" : "{\"message\":" + protocol::quoted(text) + '}', out);
}

extern server_engine const server{&route, &check_media_types, &decode_request, &encode_response, &encode_error, &encode_code};

} // namespace parley::detail::rest_json

#endif
