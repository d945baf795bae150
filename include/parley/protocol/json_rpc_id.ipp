// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_JSON_RPC_ID_IPP
#define PARLEY_PROTOCOL_JSON_RPC_ID_IPP

#include <parley/json/decode.hpp>
#include <parley/json/detail/escape.hpp>
#include <parley/protocol/json_rpc_id.hpp>

namespace parley::inline PARLEY_ABI {

std::string json_rpc_id::quoted(std::string_view text) {
    std::string json;
    detail::append_json_string(json, text);
    return json;
}

std::optional<json_rpc_id> json_rpc_id::from_json(std::string_view json) {
    // Normalizes the spelling, since equal ids must have equal texts: "a" and "\u0061", 10 and 1e1.
    auto const begin = json.find_first_not_of(" \t\n\r");
    if (begin == json.npos) return std::nullopt;
    if (json[begin] == '"') {
        auto const text = parley::from_json<std::string>(json);
        return text ? std::optional<json_rpc_id>(*text) : std::nullopt;
    }
    if (json[begin] != 'n' && json[begin] != '-' && (json[begin] < '0' || json[begin] > '9')) return std::nullopt;
    if (auto const number = parley::from_json<std::int64_t>(json)) return json_rpc_id(*number);
    auto other = parley::from_json<document>(json); // null, or a number that is not a std::int64_t
    if (!other) return std::nullopt;
    json_rpc_id id;
    id.json_ = std::move(other->json);
    return id;
}

} // namespace parley

#endif
