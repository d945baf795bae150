// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_IPP
#define PARLEY_PROTOCOL_JSON_RPC_IPP

#include <parley/core/utf8.hpp>
#include <parley/describe/validate.hpp>
#include <parley/json/decode.hpp>
#include <parley/json/detail/escape.hpp>
#include <parley/json/encode.hpp>
#include <parley/json/locate.ipp>
#include <parley/protocol/detail/error_message.hpp>
#include <parley/protocol/detail/invalid_members.hpp>
#include <parley/protocol/json_rpc.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::rpc {

// The members of a message as JSON, or empty if absent. The last duplicate wins.
struct envelope {
    std::string_view jsonrpc, method, params, id, result, error;
};

// `object` must be valid JSON.
inline envelope read_envelope(std::string_view object) {
    static constexpr std::pair<std::string_view, std::string_view envelope::*> names[] = {
        {"jsonrpc", &envelope::jsonrpc}, {"method", &envelope::method}, {"params", &envelope::params},
        {"id", &envelope::id},           {"result", &envelope::result}, {"error", &envelope::error}};
    envelope members;
    json_walker walk(object);
    walk.take('{');
    while (walk.peek() == '"') {
        auto const key = walk.take_string();
        walk.take(':');
        auto const value = walk.take_value();
        for (auto const& [name, place] : names) {
            if (same_key(key, name, false)) members.*place = value;
        }
        walk.take(',');
    }
    return members;
}

// Calls `visit` for each item of `array`, which must be valid JSON, until it returns false.
template <class Visit>
void each_item(std::string_view array, Visit visit) {
    json_walker walk(array);
    walk.take('[');
    while (walk.peek() != ']' && visit(walk.take_value())) walk.take(',');
}

// "A String specifying the version of the JSON-RPC protocol. MUST be exactly "2.0"."
inline bool is_version_2(std::string_view jsonrpc) { return jsonrpc.starts_with('"') && json_scalar_text(jsonrpc) == "2.0"; }

inline bool has_no_members(shape const& type) { return type.kind == shape_kind::structure && type.structure->count == 0; }

// Decodes `part`, a substring of `whole` at `pointer`. Violations have paths and offsets in `whole`.
inline bool decode_part(std::string_view whole, std::string_view part, std::string_view pointer, decode_job const& job,
                        decode_options const& options, response_report& report) {
    std::vector<violation> errors, tolerated;
    bool const good = decode_json(part, job, options, errors, &tolerated);
    auto const add_to = [&](std::vector<violation>& all, std::vector<violation>& added) {
        for (auto& v : added) {
            v.path.insert(0, pointer);
            if (v.offset != violation::no_offset) v.offset += static_cast<std::size_t>(part.data() - whole.data());
            all.push_back(std::move(v));
        }
    };
    add_to(report.violations, errors);
    add_to(report.tolerated, tolerated);
    return good;
}

// "-32000 to -32099: Reserved for implementation-defined server-errors."
inline fault fault_of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error:
    case json_rpc_code::invalid_request:
    case json_rpc_code::method_not_found:
    case json_rpc_code::invalid_params: return fault::client;
    case json_rpc_code::internal_error: return fault::server;
    default: return code >= -32099 && code <= -32000 ? fault::server : fault::unspecified;
    }
}

inline member_set all_members(structure_shape const& s) {
    member_set all;
    for (std::size_t i = 0; i < s.count; ++i) all.insert(i);
    return all;
}

inline void read_error(rpc_operation const& op, std::string_view response, std::string_view error, decode_options const& options,
                       declared_error& declared, response_report& report) {
    using kind = response_report::kind;
    json_rpc_error object;
    if (!decode_part(response, error, "/error", {&shape_of<json_rpc_error>, &object}, options, report)) {
        report.what = kind::undecodable;
        return;
    }
    report.what = kind::undeclared;
    report.code = std::to_string(object.code);
    report.message = std::move(object.message);
    report.fault = fault_of(object.code);
    for (auto const& entry : op.errors) {
        if (entry.code != object.code) continue;
        report.what = kind::declared;
        report.retry = entry.retry;
        if (entry.fault != fault::unspecified) report.fault = entry.fault;
        void* const typed = declared.emplace(static_cast<std::size_t>(&entry - op.errors.data()), entry.make, entry.drop);
        auto relaxed = options;
        relaxed.strictness = strictness::lenient; // an error with missing members keeps its type
        auto const& s = *entry.what->structure;
        std::vector<violation> violations;
        if (object.data) decode_json(object.data->json, {entry.what, typed}, relaxed, violations, &report.tolerated);
        if (!protocol::clear_invalid_members(s, typed, all_members(s), object.data.has_value(), relaxed.limits, violations)) {
            report.what = kind::undecodable;
            report.violations = std::move(violations);
            return;
        }
        protocol::fill_message(s, typed, report.message);
        for (auto& v : violations) report.tolerated.push_back(std::move(v));
        return;
    }
}

// Removes the appended text if there are new errors.
inline bool finish(std::string& out, std::size_t begin, std::vector<violation> const& errors, std::size_t first_error) {
    if (errors.size() == first_error) return true;
    out.erase(begin);
    return false;
}

inline void append_id(std::string& out, json_rpc_id const& id, std::vector<violation>& errors) {
    if (find_invalid_utf8(id.json()) != std::string_view::npos) errors.push_back({errc::invalid_utf8, "/id", "invalid UTF-8"});
    out.append(",\"id\":").append(id.json());
}

bool encode_request(rpc_operation const& op, void const* input, json_rpc_id const* id, strictness strict, std::string& out,
                    std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    if (strict != strictness::compatible) validate(*op.input, input, 256, errors);
    out += R"({"jsonrpc":"2.0","method":)";
    append_json_string(out, op.name);
    if (!has_no_members(*op.input)) {
        out += ",\"params\":";
        encode_job job{op.input, input};
        job.by_position = op.params == rpc_params::by_position;
        encode_json(job, out, errors);
    }
    if (id) append_id(out, *id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

response_report decode_response(rpc_operation const& op, std::string_view response, decode_options const& options, void* output,
                                declared_error& declared) {
    using kind = response_report::kind;
    response_report report;
    auto relaxed = options;
    relaxed.check_constraints = false; // a newer version of the service may have relaxed constraints
    bool const strict = options.strictness == strictness::strict;
    auto [jsonrpc, method, params, id, result, error] = read_envelope(response);
    if (!is_version_2(jsonrpc)) {
        violation v{errc::invalid_value, "/jsonrpc", "expected \"2.0\""};
        if (jsonrpc.empty()) v = {errc::missing_field, "/jsonrpc", "missing field"};
        (strict ? report.violations : report.tolerated).push_back(std::move(v));
    }
    // JSON-RPC 1.0 sends both members, one of them null.
    if (!strict && error == "null") error = {};
    if (!strict && !error.empty() && result == "null") result = {};
    // "Either the result member or error member MUST be included, but both members MUST NOT be included."
    if (result.empty() && error.empty())
        report.violations.push_back({errc::missing_field, {}, "the response has neither result nor error"});
    if (!result.empty() && !error.empty())
        report.violations.push_back({errc::invalid_value, {}, "the response has both result and error"});
    if (!report.violations.empty()) {
        report.what = kind::undecodable;
    } else if (!error.empty()) {
        read_error(op, response, error, relaxed, declared, report);
    } else if (!has_no_members(*op.output.target) && !(result == "null" && op.output.nullable)) {
        decode_job const job{op.output.target, op.output.emplace ? op.output.emplace(output) : output};
        if (!decode_part(response, result, "/result", job, relaxed, report)) report.what = kind::undecodable;
    }
    return report;
}

bool decode_params(rpc_operation const& op, std::string_view params, decode_options const& options, void* input,
                   std::vector<violation>& errors) {
    if (params.empty()) params = op.input->kind == shape_kind::list ? "[]" : "{}";
    decode_job job{op.input, input};
    job.by_position = true;
    return decode_json(params, job, options, errors);
}

bool encode_response(rpc_operation const& op, void const* output, json_rpc_id const& id, std::string& out,
                     std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    out += R"({"jsonrpc":"2.0","result":)";
    auto const* value = op.output.held_in(output);
    // Clients expect null from a method that returns nothing.
    encode_json({op.output.target, has_no_members(*op.output.target) ? nullptr : value}, out, errors);
    append_id(out, id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

bool encode_error(rpc_error_entry const& entry, void const* error, json_rpc_id const& id, std::string& out,
                  std::vector<violation>& errors) {
    auto const& s = *entry.what->structure;
    json_rpc_error object{entry.code, std::string(entry.message)};
    encode_job job{entry.what, error};
    auto data = all_members(s);
    if (auto const* m = protocol::message_member(s)) {
        data.erase(m->position);
        auto const* value = s.held(*m, error);
        auto const text = value ? text_in(*m->value.target, value) : std::string_view();
        if (!text.empty()) object.message = text;
    }
    job.members = &data;
    std::string json;
    if (!encode_json(job, json, errors)) return false;
    if (json != "{}") object.data = document{std::move(json)};
    return encode_error(object, id, out, errors);
}

bool encode_error(json_rpc_error const& error, json_rpc_id const& id, std::string& out, std::vector<violation>& errors) {
    auto const begin = out.size();
    auto const first_error = errors.size();
    out += R"({"jsonrpc":"2.0","error":)";
    encode_json({&shape_of<json_rpc_error>, &error}, out, errors);
    append_id(out, id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

inline json_rpc_request read_request(std::string_view text) {
    json_rpc_request request;
    envelope parts;
    if (text.starts_with('{')) parts = read_envelope(text);
    if (!parts.id.empty()) request.id = json_rpc_id::from_json(parts.id);
    bool const bad_id = !parts.id.empty() && !request.id;
    bool const bad_params = !parts.params.empty() && parts.params[0] != '{' && parts.params[0] != '[';
    if (!is_version_2(parts.jsonrpc) || !parts.method.starts_with('"') || bad_params || bad_id) {
        request.wrong = json_rpc_error::of(json_rpc_code::invalid_request);
        // "If there was an error in detecting the id in the Request object, it MUST be Null."
        if (!request.id) request.id = json_rpc_id();
        return request;
    }
    request.method = json_scalar_text(parts.method).value_or("");
    request.params = parts.params;
    return request;
}

// Each call of a batch keeps a copy of an error that applies to all of them, so its size is limited.
inline constexpr std::size_t max_shared_error_bytes = 65536;

inline json_rpc_error limit_error(std::int64_t code, std::string_view text) {
    auto error = json_rpc_error::of(code);
    append_json_string(error.data.emplace(document{""}).json, text);
    return error;
}

} // namespace detail::rpc

result<json_rpc_message, json_rpc_error> json_rpc::decode_message(std::string_view text, decode_limits const& limits,
                                                                  std::size_t max_batch) {
    using namespace detail;
    decode_options options;
    options.limits = limits;
    std::vector<violation> violations;
    if (!decode_json(text, {}, options, violations)) {
        if (violations[0].code != errc::limit_exceeded) return json_rpc_error::of(json_rpc_code::parse_error);
        return rpc::limit_error(json_rpc_code::parse_error, "the message " + violations[0].message);
    }
    json_rpc_message message;
    text = outermost(text).text;
    message.batch = text.starts_with('[');
    if (!message.batch) {
        message.requests.push_back(rpc::read_request(text));
        return message;
    }
    bool too_many = false;
    rpc::each_item(text, [&](std::string_view item) {
        too_many = message.requests.size() == max_batch;
        if (!too_many) message.requests.push_back(rpc::read_request(item));
        return !too_many;
    });
    if (too_many)
        return rpc::limit_error(json_rpc_code::invalid_request,
                                "the batch exceeds the limit of " + std::to_string(max_batch) + " requests");
    if (message.requests.empty()) return json_rpc_error::of(json_rpc_code::invalid_request);
    return message;
}

result<json_rpc_error> json_rpc::decode_error(std::string_view response) {
    using namespace detail;
    data_error failed;
    if (!decode_json(response, {}, {}, failed.violations)) return failed;
    auto const object = outermost(response).text;
    auto const error = object.starts_with('{') ? rpc::read_envelope(object).error : std::string_view();
    if (error.empty()) {
        failed.violations.push_back({errc::missing_field, "/error", "the response has no error"});
        return failed;
    }
    return from_json<json_rpc_error>(error);
}

std::optional<json_rpc_id> json_rpc::id_of(std::string_view message) {
    using namespace detail;
    std::vector<violation> violations;
    if (!decode_json(message, {}, {}, violations)) return std::nullopt;
    auto const id = find_json_member(message, "id");
    return id ? json_rpc_id::from_json(id->text) : std::nullopt;
}

json_rpc_answer::json_rpc_answer(std::string_view text, decode_options const& options, std::size_t max_batch)
    : text_(text), options_(options) {
    using namespace detail;
    if (options.strictness != strictness::strict && detail::find_invalid_utf8(text) != std::string_view::npos) {
        repaired_ = std::make_unique<std::string>(detail::repair_utf8(text));
        text_ = *repaired_;
    }
    if (!decode_json(text_, {}, options_, errors_)) return;
    auto const add = [&](std::string_view response) {
        if (!response.starts_with('{')) return;
        auto const parts = rpc::read_envelope(response);
        entries_.push_back({json_rpc_id::from_json(parts.id), response, !parts.error.empty() && parts.error != "null"});
    };
    auto const whole = outermost(text_).text;
    batch_ = whole.starts_with('[');
    if (!batch_) {
        add(whole);
        if (entries_.empty()) errors_.push_back({errc::invalid_type, {}, "expected an object or an array"});
        return;
    }
    bool too_many = false;
    rpc::each_item(whole, [&](std::string_view response) {
        too_many = entries_.size() == max_batch;
        if (!too_many) add(response);
        return !too_many;
    });
    if (!too_many) return;
    entries_.clear();
    errors_.push_back({errc::limit_exceeded, {}, "the batch exceeds the limit of " + std::to_string(max_batch) + " responses"});
}

bool json_rpc_answer::is_refusal() const {
    if (batch_ || entries_.size() != 1 || !entries_[0].is_error || entries_[0].text.size() > detail::rpc::max_shared_error_bytes)
        return false;
    return entries_[0].id ? entries_[0].id->is_null() : options_.strictness != strictness::strict;
}

detail::response_report json_rpc_answer::read(detail::rpc_operation const& op, json_rpc_id const& id,
                                              std::pmr::memory_resource* memory, void* output, detail::declared_error& declared,
                                              std::string_view& text) const {
    detail::response_report report;
    report.what = detail::response_report::kind::undecodable;
    report.violations = errors_;
    text = text_.substr(0, detail::rpc::max_shared_error_bytes);
    if (!errors_.empty()) return report;
    entry const* response = nullptr;
    for (auto const& each : entries_) {
        if (!each.id || *each.id != id) continue;
        if (response) {
            report.violations.push_back(
                {errc::invalid_value, {}, "the message has more than one response with the id " + id.json()});
            return report;
        }
        response = &each;
    }
    if (!response && is_refusal()) response = &entries_[0];
    if (!response) {
        report.violations.push_back({errc::missing_field, {}, "the message has no response with the id " + id.json()});
        return report;
    }
    text = response->text;
    auto options = options_;
    if (memory) options.memory = memory;
    return detail::rpc::decode_response(op, response->text, options, output, declared);
}

} // namespace parley

#endif
