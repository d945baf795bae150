// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_WRITER_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_WRITER_HPP

#include <parley/json/encode.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/detail/error_message.hpp>
#include <parley/protocol/detail/message_writer.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

// Encodes errors by the error scheme of the service: the counterpart of error_identity.hpp.

namespace protocol {

inline int status_of(error_entry const& entry) {
    return entry.status != 0 ? entry.status : entry.fault == fault::server ? 500 : 400;
}

inline std::string quoted(std::string const& text) {
    std::string json;
    std::vector<violation> errors;
    if (!encode_json({&shape_table<std::string>::value, &text}, json, errors)) json = "\"\"";
    return json;
}

inline std::string message_of(error_entry const& entry, void const* error) {
    auto const& s = *entry.what->structure;
    auto const* const m = message_member(s);
    if (!m) return {};
    auto const* const text = s.held(*m, error);
    return text ? std::string(text_in(*m->value.target, text)) : std::string();
}

// JSON and its place in the body, a JSON Pointer. Objects at the same place are merged; their own members take precedence over parts
// within them.
struct body_part {
    std::string_view pointer;
    std::string json;
};

inline std::string_view first_token(std::string_view pointer) {
    return pointer.empty() ? pointer : pointer.substr(1, pointer.find('/', 1) - 1);
}

// Merges the parts into one object.
[[gnu::cold]] inline std::string assemble(std::span<body_part const> parts) {
    std::string out = "{";
    auto const add = [&out](std::string_view text) { out.append(out.size() == 1 ? "" : ",").append(text); };
    auto const is_overridden = [&](std::string_view token) {
        for (auto const& part : parts) {
            if (part.pointer.empty() && find_json_member(part.json, token)) return true;
        }
        return false;
    };
    std::vector<std::string_view> done;
    for (auto const& part : parts) {
        auto const token = first_token(part.pointer);
        if (part.pointer.empty() || is_overridden(token) || std::find(done.begin(), done.end(), token) != done.end()) continue;
        done.push_back(token);
        std::vector<body_part> below;
        std::optional<std::string> value;
        for (auto const& other : parts) {
            if (other.pointer.empty() || first_token(other.pointer) != token) continue;
            auto const rest = other.pointer.substr(token.size() + 1);
            if (rest.empty() && !other.json.starts_with('{')) value = other.json;
            else below.push_back({rest, other.json});
        }
        add(quoted(std::string(token)) + ':' + (value ? *value : assemble(below)));
    }
    for (auto const& part : parts) {
        if (part.pointer.empty() && part.json.size() > 2) add(std::string_view(part.json).substr(1, part.json.size() - 2));
    }
    return out += '}';
}

// Writes the status, code, message and members of an error. `members` is a JSON object.
[[gnu::cold]] inline void write_error(error_scheme const& scheme, int status, std::string_view code, std::string const& message,
                                      std::string members, http_response& out) {
    out.status = status;
    auto const text_at = [&](std::string_view pointer) {
        return body_part{pointer, message.empty() ? std::string("\"\"") : quoted(message)};
    };
    std::vector<body_part> parts;
    std::string_view type = "application/json";
    switch (scheme.by) {
    case error_scheme::rule::code_or_status:
    case error_scheme::rule::aws: out.fields.add("x-amzn-errortype", code); break;
    case error_scheme::rule::status: break;
    case error_scheme::rule::member:
        parts.push_back({scheme.code, quoted(std::string(code))});
        if (!message.empty()) parts.push_back(text_at(scheme.message));
        break;
    case error_scheme::rule::problem:
        type = "application/problem+json";
        parts.push_back({"/type", quoted(std::string(code))});
        parts.push_back({"/status", std::to_string(status)});
        if (!message.empty()) parts.push_back(text_at("/detail"));
        break;
    }
    if (parts.empty()) {
        out.body = std::move(members);
    } else {
        parts.push_back({scheme.details, std::move(members)});
        out.body = assemble(parts);
    }
    if (!out.fields.contains("content-type")) out.fields.add("content-type", type);
}

} // namespace protocol

} // namespace parley::detail

#endif
