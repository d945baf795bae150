// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_SIGNERS_IPP
#define PARLEY_AUTH_SIGNERS_IPP

#include <parley/auth/signers.hpp>
#include <parley/http/uri.hpp>

#include <algorithm>
#include <utility>

namespace parley::inline PARLEY_ABI {

// RFC 6750, section 5.3: "Clients MUST always use TLS (https) or equivalent transport security when making requests with
// bearer tokens."
std::optional<signing_error> bearer_signer::operator()(http_request& request, signing_context const&) const {
    if (!allow_plain_http && request.scheme != "https") return signing_error{"a bearer token requires TLS"};
    if (token.empty() || !is_header_value(token)) return signing_error{"the bearer token is empty or not a valid header value"};
    request.fields.set("authorization", "Bearer " + token);
    return {};
}

std::optional<signing_error> api_key_signer::operator()(http_request& request, signing_context const&) const {
    if (key.empty()) return signing_error{"the API key is empty"};
    if (place == api_key_place::query) {
        if (name.empty()) return signing_error{"the name of the query parameter is empty"};
        detail::erase_query_parameter(request.target, name);
        detail::append_query_parameter(request.target, name, key);
        return {};
    }
    auto value = scheme.empty() ? key : scheme + ' ' + key;
    if (!is_header_name(name) || !is_header_value(value))
        return signing_error{"the API key or its name is not valid in a header field"};
    request.fields.set(name, value);
    return {};
}

namespace detail {

void erase_query_parameter(std::string& target, std::string_view name) {
    auto const question = target.find('?');
    if (question == target.npos) return;
    std::string query;
    for (std::size_t at = question + 1; at <= target.size();) {
        auto const end = std::min(target.find('&', at), target.size());
        auto const item = std::string_view(target).substr(at, end - at);
        at = end + 1;
        if (percent_decode(item.substr(0, item.find('='))) == name) continue;
        query.append(query.empty() ? "" : "&").append(item);
    }
    target.erase(question);
    if (!query.empty()) target.append("?").append(query);
}

void append_query_parameter(std::string& target, std::string_view name, std::string_view value) {
    auto const question = target.find('?');
    if (question == target.npos) target += '?';
    else if (question + 1 < target.size()) target += '&';
    append_percent_encoded(target, name);
    target += '=';
    append_percent_encoded(target, value);
}

} // namespace detail
} // namespace parley

#endif
