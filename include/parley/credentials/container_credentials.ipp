// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_IPP

#include <parley/core/number.hpp>
#include <parley/core/text.hpp>
#include <parley/credentials/container_credentials.hpp>
#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/send_with_retries.hpp>

#include <algorithm>
#include <iterator>

namespace parley::inline PARLEY_ABI {

namespace detail::credentials_impl {

inline bool is_loopback_ipv4(std::string_view host) {
    if (!host.starts_with("127.")) return false;
    int numbers = 0;
    while (!host.empty()) {
        auto const end = std::min(host.find('.'), host.size());
        if (!detail::parse_integer<std::uint8_t>(host.substr(0, end)) || ++numbers > 4) return false;
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return numbers == 4;
}

// Returns whether the token may be sent to the host without TLS: local addresses, Amazon ECS and Amazon EKS.
inline bool is_trusted_host(std::string_view host) {
    static constexpr std::string_view trusted[] = {"localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"};
    return std::find(std::begin(trusted), std::end(trusted), host) != std::end(trusted) || is_loopback_ipv4(host);
}

} // namespace detail::credentials_impl

[[gnu::cold]] credentials_result container_credentials::operator()(credentials_context const& context) const {
    auto const error = [](credentials_errc code, std::string text) {
        return credentials_error{code, "container", std::move(text), {}};
    };
    auto const relative = detail::variable(from, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    auto const full = detail::variable(from, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    std::optional<http_request> request;
    if (!relative.empty()) {
        request = detail::get_request("http://169.254.170.2" + relative);
        if (!relative.starts_with('/') || !request) {
            return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path");
        }
    } else if (!full.empty()) {
        request = detail::get_request(full);
        if (!request) return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a valid URI");
        if (request->scheme != "https" && !detail::credentials_impl::is_trusted_host(request->host)) {
            return error(credentials_errc::invalid, "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor a local address");
        }
    } else {
        return error(credentials_errc::not_configured, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and ..._FULL_URI are not set");
    }

    auto token = detail::variable(from, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (auto const path = detail::variable(from, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !path.empty()) {
        auto text = from.read_file(path);
        if (!text) return error(credentials_errc::unavailable, "authorization token file: " + text.error().text);
        token = *text;
        while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
    }
    if (!is_header_value(token)) return error(credentials_errc::invalid, "the authorization token is not a valid header value");
    if (!token.empty()) request->fields.add("authorization", token);
    request->fields.add("accept", "application/json");

    auto const response = detail::send_with_retries(from, std::move(*request), {timeout, 3, context});
    if (!response) return error(detail::code_of(response.error()), detail::quoted_reason(response.error().message(), {token}));
    if (response->status != 200) return detail::error_in_json(*response, "container", token);
    return detail::credentials_in_json(response->body, detail::response_form::metadata, "container", from.now(), token);
}

} // namespace parley

#endif
