// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_PARSER_IPP
#define PARLEY_CREDENTIALS_CREDENTIALS_PARSER_IPP

#include <parley/core/number.hpp>
#include <parley/core/timestamp.hpp>
#include <parley/core/utf8.hpp>
#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/send_with_retries.hpp>
#include <parley/json/decode.hpp>

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

// The members of all forms; each form has some of them.
struct credentials_document {
    std::optional<std::string> AccessKeyId, SecretAccessKey, Token, SessionToken, Expiration;
    std::optional<std::int32_t> Version;
    std::optional<std::string> Code, Message, code, message;
};
BOOST_DESCRIBE_STRUCT(credentials_document, (),
                      (AccessKeyId, SecretAccessKey, Token, SessionToken, Expiration, Version, Code, Message, code, message))
constexpr auto parley_traits(credentials_document const*) {
    return traits(on("SecretAccessKey", sensitive()), on("Token", sensitive()), on("SessionToken", sensitive()));
}

namespace credentials_impl {

[[gnu::cold]] inline result<credentials_document> parse_document(std::string_view json) {
    decode_options options;
    options.limits = {.bytes = std::size_t{64} << 10, .depth = 16, .values = 1000, .violations = 4};
    return from_json<credentials_document>(json, options);
}

inline std::string reason_of(credentials_document const& document, std::string_view sent) {
    auto const code = document.Code ? document.Code : document.code;
    auto const message = document.Message ? document.Message : document.message;
    auto text = code.value_or("");
    if (message) text.append(text.empty() ? "" : ": ").append(*message);
    auto const view = [](std::optional<std::string> const& member) {
        return member ? std::string_view(*member) : std::string_view();
    };
    return quoted_reason(text, {sent, view(document.SecretAccessKey), view(document.Token), view(document.SessionToken)});
}

// Appends the character of a reference, which is passed without "&" and ";": "amp", "#10", "#xA".
// https://www.w3.org/TR/xml/#sec-references
inline bool append_reference(std::string& out, std::string_view name) {
    static constexpr std::pair<std::string_view, char> predefined[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
    for (auto const& [known, c] : predefined) {
        if (name == known) return out += c, true;
    }
    if (!name.starts_with('#')) return false;
    name.remove_prefix(1);
    bool const is_hex = name.starts_with('x');
    if (is_hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    for (char c : name) {
        auto const digit = c >= '0' && c <= '9'   ? c - '0'
                           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : 16;
        if (digit >= (is_hex ? 16 : 10) || code > 0x10ffff) return false;
        code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (name.empty() || code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    append_utf8(out, code);
    return true;
}

} // namespace credentials_impl

[[gnu::cold]] credentials_result checked_credentials(aws_credentials credentials, std::string_view expiration,
                                                     std::string_view provider, std::chrono::system_clock::time_point now) {
    auto const error = [&](credentials_errc code, char const* text) {
        return credentials_error{code, std::string(provider), text, {}};
    };
    if (credentials.access_key_id.empty()) return error(credentials_errc::malformed, "the access key id is missing");
    if (credentials.secret_access_key.empty()) return error(credentials_errc::malformed, "the secret access key is missing");
    if (!expiration.empty()) {
        auto const time = parse_timestamp(expiration, timestamp_format::date_time);
        if (!time) return error(credentials_errc::malformed, "the expiration is not a date");
        // Dates up to the year 9999 are clamped to the range of a clock with nanoseconds, which ends in 2262.
        using clock_time = std::chrono::system_clock::time_point;
        constexpr auto first = std::chrono::ceil<std::chrono::seconds>(clock_time::min()).time_since_epoch();
        constexpr auto last = std::chrono::floor<std::chrono::seconds>(clock_time::max()).time_since_epoch();
        credentials.expiration = clock_time(std::clamp(std::chrono::seconds(time->seconds), first, last));
    }
    if (credentials.expiration && *credentials.expiration <= now) return error(credentials_errc::expired, "");
    return credentials;
}

[[gnu::cold]] credentials_result credentials_in_json(std::string_view json, response_form form, std::string_view provider,
                                                     std::chrono::system_clock::time_point now, std::string_view sent) {
    auto const error = [&](credentials_errc code, std::string text) {
        return credentials_error{code, std::string(provider), std::move(text), {}};
    };
    auto document = credentials_impl::parse_document(json);
    if (!document) return error(credentials_errc::malformed, quoted_reason(document.error().message(), {sent}));
    if (form == response_form::process && document->Version != 1)
        return error(credentials_errc::malformed, "the version is not 1");
    if (form == response_form::metadata && document->Code && *document->Code != "Success") {
        return error(credentials_errc::refused, credentials_impl::reason_of(*document, sent));
    }
    auto& token = form == response_form::process ? document->SessionToken : document->Token;
    return checked_credentials({.access_key_id = document->AccessKeyId.value_or(""),
                                .secret_access_key = document->SecretAccessKey.value_or(""),
                                .session_token = token.value_or("")},
                               document->Expiration.value_or(""), provider, now);
}

[[gnu::cold]] credentials_error error_in_json(http_response const& response, std::string_view provider, std::string_view sent) {
    auto const code =
        response.status == 429 || response.status >= 500 ? credentials_errc::unavailable : credentials_errc::refused;
    auto text = "status " + std::to_string(response.status);
    auto const document = credentials_impl::parse_document(response.body);
    if (auto const reason = document ? credentials_impl::reason_of(*document, sent) : std::string(); !reason.empty())
        text.append(", ").append(reason);
    return {code, std::string(provider), std::move(text), {}};
}

[[gnu::cold]] std::optional<std::string> text_in_xml(std::string_view xml, std::string_view name) {
    std::size_t close = 0;
    for (auto at = xml.find('<'); at != xml.npos; at = xml.find('<', close)) {
        close = xml.find('>', at);
        if (close == xml.npos) return std::nullopt;
        at = xml.rfind('<', close); // a tag contains no '<'; to try each one would take quadratic time
        auto tag = xml.substr(at + 1, close - at - 1);
        tag = tag.substr(0, tag.find_first_of(" \t\r\n"));
        tag = tag.substr(tag.find(':') + 1); // npos + 1 is 0: without a prefix, the whole tag
        if (tag != name) continue;
        auto const end = xml.find('<', close);
        if (end == xml.npos || xml.substr(end, 2) != "</") return std::nullopt;
        std::string text;
        for (auto rest = xml.substr(close + 1, end - close - 1); !rest.empty();) {
            auto const ampersand = std::min(rest.find('&'), rest.size());
            text += rest.substr(0, ampersand);
            rest = rest.substr(ampersand);
            if (rest.empty()) break;
            auto const semicolon = rest.find(';');
            if (semicolon == rest.npos || !credentials_impl::append_reference(text, rest.substr(1, semicolon - 1)))
                return std::nullopt;
            rest = rest.substr(semicolon + 1);
        }
        return text;
    }
    return std::nullopt;
}

} // namespace parley::detail

#endif
