// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_IDENTITY_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_IDENTITY_HPP

#include <parley/core/text.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/detail/message_parts.hpp>
#include <parley/protocol/operation_table.hpp>

#include <optional>

namespace parley::inline PARLEY_ABI::detail {

// Identifies the error in a response by the error scheme of the service. "Reference" is the AWS SDK for JavaScript.

namespace protocol {

// "com.amazonaws.x#Name:http://..." -> "Name". https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
// Like the reference, takes the first item of a list.
inline std::string clean_code(std::string_view code) {
    code = code.substr(0, code.find(','));
    code = code.substr(0, code.find(':'));
    if (auto const hash = code.find('#'); hash != code.npos) {
        code = code.substr(hash + 1);
        code = code.substr(0, code.find('#'));
    }
    return std::string(code);
}

inline std::optional<std::string> text_at(std::string_view body, std::string_view pointer) {
    auto const value = find_json(body, pointer);
    return value ? json_scalar_text(value->text) : std::nullopt;
}

// Returns the text of a code. Like the reference, takes the first item of a list, although no service should send one.
inline std::optional<std::string> code_of_member(std::string_view body, std::string_view name, bool ignore_case) {
    auto value = find_json_member(body, name, ignore_case);
    if (value && value->text.starts_with('[')) value = find_json(value->text, "/0");
    if (!value || value->text == "true" || value->text == "false") return std::nullopt;
    return json_scalar_text(value->text);
}

// Returns the text of a message. Like the reference, ignores values that are false in JavaScript.
inline std::optional<std::string> message_in(std::string_view body, std::string_view name) {
    auto const value = find_json_member(body, name);
    if (!value) return std::nullopt;
    auto text = json_scalar_text(value->text);
    bool const is_string = value->text.starts_with('"');
    if (!text) return trim(value->text) == "null" ? std::nullopt : std::optional<std::string>(value->text);
    if (text->empty() || (!is_string && (*text == "false" || *text == "0"))) return std::nullopt;
    return text;
}

struct error_identity {
    std::string code;
    bool has_code = false;
    std::string message;
};

inline error_identity read_error_identity(error_scheme const& scheme, response_view const& response, std::string_view body,
                                          bool is_json) {
    error_identity identity;
    auto take_code = [&](std::optional<std::string> code, bool clean) {
        if (identity.has_code || !code) return;
        identity.has_code = true;
        identity.code = clean ? clean_code(*code) : *code;
    };
    switch (scheme.by) {
    case error_scheme::rule::code_or_status:
    case error_scheme::rule::aws:
        if (auto const header = response.header("x-amzn-errortype")) take_code(std::string(*header), true);
        if (is_json) {
            take_code(code_of_member(body, "code", true), true);
            take_code(code_of_member(body, "__type", false), true);
            auto text = message_in(body, "message");
            if (!text) text = message_in(body, "Message");
            if (text) identity.message = std::move(*text);
        }
        // As in the reference.
        if (identity.message.empty() && scheme.by == error_scheme::rule::aws) identity.message = "UnknownError";
        break;
    case error_scheme::rule::status:
        if (is_json) identity.message = text_at(body, scheme.message).value_or("");
        break;
    case error_scheme::rule::member:
        if (is_json) {
            take_code(text_at(body, scheme.code), false);
            identity.message = text_at(body, scheme.message).value_or("");
        }
        break;
    case error_scheme::rule::problem:
        if (is_json) {
            auto type = text_at(body, "/type");
            if (type && *type != "about:blank") {
                while (type->ends_with('/')) type->pop_back();
                take_code(type->substr(type->find_last_of("/#:") + 1), false);
            }
            auto text = text_at(body, "/detail");
            if (!text) text = text_at(body, "/title");
            identity.message = text.value_or("");
        }
        break;
    }
    if (!identity.has_code) identity.code = "Unknown";
    return identity;
}

inline error_entry const* find_error(operation_table const& op, error_identity const& identity, int status) {
    if (identity.has_code) {
        for (auto const* entry : op.errors) {
            if (entry->code == identity.code) return entry;
        }
        return nullptr;
    }
    if (op.scheme.by == error_scheme::rule::aws) return nullptr;
    error_entry const* match = nullptr;
    for (auto const* entry : op.errors) {
        if (entry->status != status) continue;
        if (match) return nullptr; // ambiguous
        match = entry;
    }
    return match;
}

} // namespace protocol

} // namespace parley::detail

#endif
