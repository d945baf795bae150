// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_SIGNERS_HPP
#define PARLEY_AUTH_SIGNERS_HPP

#include <parley/auth/signing.hpp>
#include <parley/core/config.hpp>
#include <parley/http/request.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

// Ready-made signers of requests, to be given to a `request_signer`.

/// Signs nothing. https://smithy.io/2.0/spec/authentication-traits.html#optionalauth
struct anonymous_signer {
    std::optional<signing_error> operator()(http_request&, signing_context const&) const noexcept { return {}; }
};

/// Sends a bearer token (RFC 6750, section 2.1). Fails without TLS, as section 5.3 asks, if that is not allowed.
struct bearer_signer {
    std::string token{};
    bool allow_plain_http = false; ///< for tests on one machine

    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

enum class api_key_place : std::uint8_t { header, query };

/// Sends an API key as a header field or a query parameter.
/// https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth
///
///     parley::api_key_signer sign{.key = key, .name = "X-Api-Key"};
struct api_key_signer {
    std::string key{};
    std::string name{}; ///< of the field or parameter
    api_key_place place = api_key_place::header;
    std::string scheme{}; ///< before the key and a space, in a header: "ApiKey"

    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

namespace detail {

/// Takes all parameters of that name out of the query; names are compared decoded.
void erase_query_parameter(std::string& target, std::string_view name);
/// Appends a parameter, percent-encoded, to the query.
void append_query_parameter(std::string& target, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
