// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_JSON_RPC_SERVER_IPP
#define PARLEY_SERVER_JSON_RPC_SERVER_IPP

#include <parley/server/json_rpc_server.hpp>

#include <exception>

namespace parley::inline PARLEY_ABI::detail {

bool encode_invalid_params(std::vector<violation> const& violations, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors) {
    json_rpc_invalid_params error;
    for (auto const& v : violations) error.violations.push_back({v.path, v.message});
    return rpc::encode_typed_error(error, id, out, errors);
}

std::optional<std::string> rpc_dispatcher::dispatch(std::string_view text) const {
    static constexpr std::string_view last_resort =
        R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":null})";
    std::string out;
    out.reserve(last_resort.size()); // so that the assignment below does not allocate
    try {
        serve_message(text, out);
    } catch (...) { out = last_resort; }
    if (out.empty()) return std::nullopt;
    return out;
}

void rpc_dispatcher::serve_message(std::string_view text, std::string& out) const {
    auto const message = json_rpc::decode_message(text, config.decoding.limits, config.max_batch);
    if (!message) {
        std::vector<violation> unused; // parley's own errors are valid UTF-8
        rpc::encode_error(message.error(), nullptr, out, unused);
        return;
    }
    for (auto const& request : message->requests) {
        auto const begin = out.size();
        out += begin == 0 ? '[' : ',';
        auto const prefix = out.size();
        serve_request(request, out);
        if (out.size() == prefix) out.erase(begin); // "there SHOULD NOT be any Response objects for notifications"
    }
    // "the server MUST NOT return an empty Array and should return nothing at all"
    if (out.empty()) return;
    if (message->batch) out += ']';
    else out.erase(0, 1);
}

void rpc_dispatcher::serve_request(json_rpc_request const& request, std::string& out) const {
    auto const begin = out.size();
    std::string reason;
    try {
        if (call_method(request, out, reason)) return;
    } catch (std::exception const& thrown) {
        out.erase(begin);
        return append_internal_error(request, thrown.what(), out);
    } catch (...) {
        out.erase(begin);
        return append_internal_error(request, "an exception that is not a std::exception was thrown", out);
    }
    append_internal_error(request, reason, out);
}

bool rpc_dispatcher::call_method(json_rpc_request const& request, std::string& out, std::string& reason) const {
    std::vector<violation> errors;
    if (request.wrong) return rpc::encode_error(*request.wrong, *request.id, out, errors), true;
    auto const position = names.candidate(request.method);
    if (position == key_index::none || methods[position].name != request.method) {
        if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::method_not_found), *request.id, out, errors);
        return true;
    }
    if (methods[position].serve(handlers, request, config.decoding, out, errors)) return true;
    reason = data_error{std::move(errors)}.message();
    return false;
}

void rpc_dispatcher::append_internal_error(json_rpc_request const& request, std::string_view reason, std::string& out) const {
    try {
        if (config.on_internal_error) config.on_internal_error(request, reason);
    } catch (...) { // the client receives the response in any case
    }
    std::vector<violation> unused;
    if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::internal_error), *request.id, out, unused);
}

} // namespace parley::detail

#endif
