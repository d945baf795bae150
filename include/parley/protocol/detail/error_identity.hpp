// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_DETAIL_ERROR_IDENTITY_HPP
#define PARLEY_PROTOCOL_DETAIL_ERROR_IDENTITY_HPP

#include <parley/core/text.hpp>
#include <parley/json/locate.hpp>
#include <parley/protocol/detail/message_parts.hpp>
#include <parley/protocol/operation_table.hpp>

#include <optional>

namespace parley::inline PARLEY_ABI::detail {

// Which error a response is, by the scheme of its service.

namespace {

// "com.amazonaws.x#Name:http://..." -> "Name". https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
// Lists are cut first, as the reference does.
std::string clean_code(std::string_view code) {
    code = code.substr(0, code.find(','));
    code = code.substr(0, code.find(':'));
    if (auto const hash = code.find('#'); hash != code.npos) {
        code = code.substr(hash + 1);
        code = code.substr(0, code.find('#'));
    }
    return std::string(code);
}

// The text that a pointer finds, or nothing.
std::optional<std::string> text_at(std::string_view body, std::string_view pointer) {
    auto const found = find_json(body, pointer);
    return found ? json_scalar_text(found->text) : std::nullopt;
}

// The text of a code. A list, which no service should send, counts as its first item, as in the reference.
std::optional<std::string> code_of_member(std::string_view body, std::string_view name, bool ignore_case) {
    auto found = find_json_member(body, name, ignore_case);
    if (found && found->text.starts_with('[')) found = find_json(found->text, "/0");
    if (!found || found->text == "true" || found->text == "false") return std::nullopt;
    return json_scalar_text(found->text);
}

// What counts as a text in the reference: not empty, not false, not zero.
std::optional<std::string> message_in(std::string_view body, std::string_view name) {
    auto const found = find_json_member(body, name);
    if (!found) return std::nullopt;
    auto text = json_scalar_text(found->text);
    bool const quoted = found->text.starts_with('"');
    if (!text) return trim(found->text) == "null" ? std::nullopt : std::optional<std::string>(found->text);
    if (text->empty() || (!quoted && (*text == "false" || *text == "0"))) return std::nullopt;
    return text;
}

struct error_identity {
    std::string code;
    bool has_code = false;
    std::string message;
};

error_identity read_error_identity(error_scheme const& scheme, response_view const& response, std::string_view body,
                                   bool is_json) {
    error_identity head;
    auto take_code = [&](std::optional<std::string> code, bool clean) {
        if (head.has_code || !code) return;
        head.has_code = true;
        head.code = clean ? clean_code(*code) : *code;
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
            if (text) head.message = std::move(*text);
        }
        // The word of the reference.
        if (head.message.empty() && scheme.by == error_scheme::rule::aws) head.message = "UnknownError";
        break;
    case error_scheme::rule::status:
        if (is_json) head.message = text_at(body, scheme.message).value_or("");
        break;
    case error_scheme::rule::member:
        if (is_json) {
            take_code(text_at(body, scheme.code), false);
            head.message = text_at(body, scheme.message).value_or("");
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
            head.message = text.value_or("");
        }
        break;
    }
    if (!head.has_code) head.code = "Unknown";
    return head;
}

error_entry const* find_error(operation_table const& op, error_identity const& head, int status) {
    if (head.has_code) {
        for (auto const* entry : op.errors) {
            if (entry->code == head.code) return entry;
        }
        return nullptr;
    }
    if (op.scheme.by == error_scheme::rule::aws) return nullptr;
    error_entry const* found = nullptr;
    for (auto const* entry : op.errors) {
        if (entry->status != status) continue;
        if (found) return nullptr; // the status does not tell which
        found = entry;
    }
    return found;
}

} // namespace

} // namespace parley::detail

#endif
