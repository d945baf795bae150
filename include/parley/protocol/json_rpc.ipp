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
#include <parley/protocol/detail/wrong_members.hpp>
#include <parley/protocol/json_rpc.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail::rpc {

namespace {

// The members that the specification names, as JSON; empty: absent. The last one counts where they are duplicated.
struct envelope {
    std::string_view jsonrpc, method, params, id, result, error;
};

// Of an object that was found to be JSON.
envelope read_envelope(std::string_view object) {
    static constexpr std::pair<std::string_view, std::string_view envelope::*> names[] = {
        {"jsonrpc", &envelope::jsonrpc}, {"method", &envelope::method}, {"params", &envelope::params},
        {"id", &envelope::id},           {"result", &envelope::result}, {"error", &envelope::error}};
    envelope found;
    json_walker walk(object);
    walk.take('{');
    while (walk.peek() == '"') {
        auto const key = walk.take_string();
        walk.take(':');
        auto const value = walk.take_value();
        for (auto const& [name, place] : names) {
            if (same_key(key, name, false)) found.*place = value;
        }
        walk.take(',');
    }
    return found;
}

// Calls `visit` for each item of an array that was found to be JSON, until it returns false.
template <class Visit>
void each_item(std::string_view array, Visit visit) {
    json_walker walk(array);
    walk.take('[');
    while (walk.peek() != ']' && visit(walk.take_value())) walk.take(',');
}

// "A String specifying the version of the JSON-RPC protocol. MUST be exactly "2.0"."
bool is_version_2(std::string_view jsonrpc) { return jsonrpc.starts_with('"') && json_scalar_text(jsonrpc) == "2.0"; }

bool has_no_members(shape const& what) { return what.kind == shape_kind::structure && what.structure->count == 0; }

// Decodes a part of `whole`, which is named by `pointer`; what is wrong is told by its place in the whole.
bool decode_part(std::string_view whole, std::string_view part, std::string_view pointer, decode_job const& job,
                 decode_options const& options, response_report& report) {
    std::vector<violation> errors, tolerated;
    bool const good = decode_json(part, job, options, errors, &tolerated);
    auto const add_to = [&](std::vector<violation>& all, std::vector<violation>& found) {
        for (auto& v : found) {
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
fault fault_of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error:
    case json_rpc_code::invalid_request:
    case json_rpc_code::method_not_found:
    case json_rpc_code::invalid_params: return fault::client;
    case json_rpc_code::internal_error: return fault::server;
    default: return code >= -32099 && code <= -32000 ? fault::server : fault::unspecified;
    }
}

member_set all_members(structure_shape const& s) {
    member_set all;
    for (std::size_t i = 0; i < s.count; ++i) all.insert(i);
    return all;
}

void read_error(rpc_operation const& op, std::string_view response, std::string_view error, decode_options const& options,
                declared_error& declared, response_report& report) {
    using kind = response_report::kind;
    json_rpc_error said;
    if (!decode_part(response, error, "/error", {&shape_of<json_rpc_error>, &said}, options, report)) {
        report.what = kind::undecodable;
        return;
    }
    report.what = kind::undeclared;
    report.code = std::to_string(said.code);
    report.message = std::move(said.message);
    report.fault = fault_of(said.code);
    for (auto const& entry : op.errors) {
        if (entry.code != said.code) continue;
        report.what = kind::declared;
        report.retry = entry.retry;
        if (entry.fault != fault::unspecified) report.fault = entry.fault;
        void* const typed = declared.emplace(static_cast<std::size_t>(&entry - op.errors.data()), entry.make, entry.drop);
        auto relaxed = options;
        relaxed.strictness = strictness::lenient; // an error that lacks a member is still that error
        auto const& s = *entry.what->structure;
        std::vector<violation> wrong;
        if (said.data) decode_json(said.data->json, {entry.what, typed}, relaxed, wrong, &report.tolerated);
        if (!drop_wrong_members(s, typed, all_members(s), said.data.has_value(), relaxed.limits, wrong)) {
            report.what = kind::undecodable;
            report.violations = std::move(wrong);
            return;
        }
        fill_message(s, typed, report.message);
        for (auto& v : wrong) report.tolerated.push_back(std::move(v));
        return;
    }
}

// Takes back what was appended if something is wrong.
bool finish(std::string& out, std::size_t begin, std::vector<violation> const& errors, std::size_t first_error) {
    if (errors.size() == first_error) return true;
    out.erase(begin);
    return false;
}

void append_id(std::string& out, json_rpc_id const& id, std::vector<violation>& errors) {
    if (find_invalid_utf8(id.json()) != std::string_view::npos) errors.push_back({errc::invalid_utf8, "/id", "invalid UTF-8"});
    out.append(",\"id\":").append(id.json());
}

} // namespace

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
    relaxed.check_constraints = false; // the service may have loosened one since
    bool const strict = options.strictness == strictness::strict;
    auto [jsonrpc, method, params, id, result, error] = read_envelope(response);
    if (!is_version_2(jsonrpc)) {
        violation v{errc::invalid_value, "/jsonrpc", "is not \"2.0\""};
        if (jsonrpc.empty()) v = {errc::missing_field, "/jsonrpc", "missing field"};
        (strict ? report.violations : report.tolerated).push_back(std::move(v));
    }
    // What JSON-RPC 1.0 has, where the one that does not apply is null.
    if (!strict && error == "null") error = {};
    if (!strict && !error.empty() && result == "null") result = {};
    // "Either the result member or error member MUST be included, but both members MUST NOT be included."
    if (result.empty() && error.empty())
        report.violations.push_back({errc::missing_field, {}, "the response holds neither result nor error"});
    if (!result.empty() && !error.empty())
        report.violations.push_back({errc::invalid_value, {}, "the response holds both result and error"});
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
    auto const* held = op.output.held_in(output);
    // What has no members has nothing to say, and null is what peers expect of a method that returns nothing.
    encode_json({op.output.target, has_no_members(*op.output.target) ? nullptr : held}, out, errors);
    append_id(out, id, errors);
    out += '}';
    return finish(out, begin, errors, first_error);
}

bool encode_error(rpc_error_entry const& entry, void const* error, json_rpc_id const& id, std::string& out,
                  std::vector<violation>& errors) {
    auto const& s = *entry.what->structure;
    json_rpc_error said{entry.code, std::string(entry.message)};
    encode_job job{entry.what, error};
    auto data = all_members(s);
    if (auto const* m = message_member(s)) {
        data.erase(m->position);
        auto const* held = s.held(*m, error);
        auto const text = held ? text_in(*m->value.target, held) : std::string_view();
        if (!text.empty()) said.message = text;
    }
    job.members = &data;
    std::string json;
    if (!encode_json(job, json, errors)) return false;
    if (json != "{}") said.data = document{std::move(json)};
    return encode_error(said, id, out, errors);
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

namespace {

json_rpc_request read_request(std::string_view text) {
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

// What is said to all calls of a batch is read and kept by each of them, so there must not be too much of it.
constexpr std::size_t most_for_all = 65536;

json_rpc_error error_of_limit(std::int64_t code, std::string_view text) {
    auto error = json_rpc_error::of(code);
    append_json_string(error.data.emplace(document{""}).json, text);
    return error;
}

} // namespace

} // namespace detail::rpc

json_rpc_error json_rpc_error::of(std::int64_t code) {
    switch (code) {
    case json_rpc_code::parse_error: return {code, "Parse error"};
    case json_rpc_code::invalid_request: return {code, "Invalid Request"};
    case json_rpc_code::method_not_found: return {code, "Method not found"};
    case json_rpc_code::invalid_params: return {code, "Invalid params"};
    case json_rpc_code::internal_error: return {code, "Internal error"};
    default: return {code, "Server error"};
    }
}

result<json_rpc_message, json_rpc_error> json_rpc::decode_message(std::string_view text, decode_limits const& limits,
                                                                  std::size_t max_batch) {
    using namespace detail;
    decode_options options;
    options.limits = limits;
    std::vector<violation> wrong;
    if (!decode_json(text, {}, options, wrong)) {
        if (wrong[0].code != errc::limit_exceeded) return json_rpc_error::of(json_rpc_code::parse_error);
        return rpc::error_of_limit(json_rpc_code::parse_error, "the message " + wrong[0].message);
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
        return rpc::error_of_limit(json_rpc_code::invalid_request,
                                   "the batch has more requests than the limit of " + std::to_string(max_batch));
    if (message.requests.empty()) return json_rpc_error::of(json_rpc_code::invalid_request);
    return message;
}

result<json_rpc_error> json_rpc::decode_error(std::string_view response) {
    using namespace detail;
    data_error wrong;
    if (!decode_json(response, {}, {}, wrong.violations)) return wrong;
    auto const object = outermost(response).text;
    auto const error = object.starts_with('{') ? rpc::read_envelope(object).error : std::string_view();
    if (error.empty()) {
        wrong.violations.push_back({errc::missing_field, "/error", "the response says no error"});
        return wrong;
    }
    return from_json<json_rpc_error>(error);
}

std::optional<json_rpc_id> json_rpc::id_of(std::string_view message) {
    using namespace detail;
    std::vector<violation> wrong;
    if (!decode_json(message, {}, {}, wrong)) return std::nullopt;
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
    if (!decode_json(text_, {}, options_, wrong_)) return;
    auto const add = [&](std::string_view response) {
        if (!response.starts_with('{')) return;
        auto const parts = rpc::read_envelope(response);
        entries_.push_back({json_rpc_id::from_json(parts.id), response, !parts.error.empty() && parts.error != "null"});
    };
    auto const whole = outermost(text_).text;
    batch_ = whole.starts_with('[');
    if (!batch_) {
        add(whole);
        if (entries_.empty()) wrong_.push_back({errc::invalid_type, {}, "expected an object or an array"});
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
    wrong_.push_back({errc::limit_exceeded, {}, "has more responses than the limit of " + std::to_string(max_batch)});
}

bool json_rpc_answer::is_refusal() const {
    if (batch_ || entries_.size() != 1 || !entries_[0].is_error || entries_[0].text.size() > detail::rpc::most_for_all)
        return false;
    return entries_[0].id ? entries_[0].id->is_null() : options_.strictness != strictness::strict;
}

detail::response_report json_rpc_answer::read(detail::rpc_operation const& op, json_rpc_id const& id,
                                              std::pmr::memory_resource* memory, void* output, detail::declared_error& declared,
                                              std::string_view& text) const {
    detail::response_report report;
    report.what = detail::response_report::kind::undecodable;
    report.violations = wrong_;
    text = text_.substr(0, detail::rpc::most_for_all);
    if (!wrong_.empty()) return report;
    entry const* found = nullptr;
    for (auto const& each : entries_) {
        if (!each.id || *each.id != id) continue;
        if (found) {
            report.violations.push_back(
                {errc::invalid_value, {}, "the answer holds more than one response with the id " + id.json()});
            return report;
        }
        found = &each;
    }
    if (!found && is_refusal()) found = &entries_[0];
    if (!found) {
        report.violations.push_back({errc::missing_field, {}, "the answer holds no response with the id " + id.json()});
        return report;
    }
    text = found->text;
    auto options = options_;
    if (memory) options.memory = memory;
    return detail::rpc::decode_response(op, found->text, options, output, declared);
}

} // namespace parley

#endif
