// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_JSON_RPC_SERVER_IPP
#define PARLEY_SERVER_JSON_RPC_SERVER_IPP

#include <parley/server/json_rpc_server.hpp>

#include <exception>

namespace parley::inline PARLEY_ABI::detail {

bool encode_invalid_params(std::vector<violation> const& wrong, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors) {
    json_rpc_invalid_params error;
    for (auto const& v : wrong) error.violations.push_back({v.path, v.message});
    return rpc::encode_typed_error(error, id, out, errors);
}

std::optional<std::string> rpc_dispatcher::dispatch(std::string_view text) const {
    static constexpr std::string_view last_resort =
        R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":null})";
    std::string out;
    out.reserve(last_resort.size()); // once requests are served, there is an answer that needs no memory
    try {
        answer_message(text, out);
    } catch (...) { out = last_resort; }
    if (out.empty()) return std::nullopt;
    return out;
}

void rpc_dispatcher::answer_message(std::string_view text, std::string& out) const {
    auto const read = json_rpc::decode_message(text, config.decoding.limits, config.max_batch);
    if (!read) {
        std::vector<violation> never; // these errors are texts of ours
        rpc::encode_error(read.error(), nullptr, out, never);
        return;
    }
    for (auto const& request : read->requests) {
        auto const begin = out.size();
        out += begin == 0 ? '[' : ',';
        auto const prefix = out.size();
        answer(request, out);
        if (out.size() == prefix) out.erase(begin); // "there SHOULD NOT be any Response objects for notifications"
    }
    // "the server MUST NOT return an empty Array and should return nothing at all"
    if (out.empty()) return;
    if (read->batch) out += ']';
    else out.erase(0, 1);
}

void rpc_dispatcher::answer(json_rpc_request const& request, std::string& out) const {
    auto const begin = out.size();
    std::string why_not;
    try {
        if (serve(request, out, why_not)) return;
    } catch (std::exception const& thrown) {
        out.erase(begin);
        return answer_internal_error(request, thrown.what(), out);
    } catch (...) {
        out.erase(begin);
        return answer_internal_error(request, "something that is no std::exception was thrown", out);
    }
    answer_internal_error(request, why_not, out);
}

bool rpc_dispatcher::serve(json_rpc_request const& request, std::string& out, std::string& why_not) const {
    std::vector<violation> errors;
    if (request.wrong) return rpc::encode_error(*request.wrong, *request.id, out, errors), true;
    auto const position = names.candidate(request.method);
    if (position == key_index::none || methods[position].name != request.method) {
        if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::method_not_found), *request.id, out, errors);
        return true;
    }
    if (methods[position].serve(handlers, request, config.decoding, out, errors)) return true;
    why_not = data_error{std::move(errors)}.message();
    return false;
}

void rpc_dispatcher::answer_internal_error(json_rpc_request const& request, std::string_view why, std::string& out) const {
    try {
        if (config.on_internal_error) config.on_internal_error(request, why);
    } catch (...) { // the peer gets its answer all the same
    }
    std::vector<violation> never;
    if (request.id) rpc::encode_error(json_rpc_error::of(json_rpc_code::internal_error), *request.id, out, never);
}

} // namespace parley::detail

#endif
