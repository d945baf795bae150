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

// Signers for `request_signer`.

/// Does not sign requests.
///
/// @see https://smithy.io/2.0/spec/authentication-traits.html#optionalauth
struct anonymous_signer {
    /// Succeeds without changing the request.
    std::optional<signing_error> operator()(http_request&, signing_context const&) const noexcept { return {}; }
};

/// Sends a bearer token in the header Authorization (RFC 6750, section 2.1). Requires TLS unless `allow_plain_http` is set (section 5.3).
struct bearer_signer {
    std::string token{};           ///< The token.
    bool allow_plain_http = false; ///< Allows requests without TLS, for local tests.

    /// Sets the header Authorization. Fails without TLS, or if the token is empty or not a valid header value.
    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

/// The part of a request that carries an API key.
enum class api_key_place : std::uint8_t {
    header, ///< A header field.
    query,  ///< A query parameter.
};

/// Sends an API key in a header field or a query parameter.
///
/// @see https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth
///
///     parley::api_key_signer sign{.key = key, .name = "X-Api-Key"};
struct api_key_signer {
    std::string key{};                           ///< The key.
    std::string name{};                          ///< The name of the header field or query parameter.
    api_key_place place = api_key_place::header; ///< The place of the key.
    std::string scheme{};                        ///< Prefix of the key in a header field, followed by a space: "ApiKey".

    /// Sets the header field or query parameter. Fails if the name or the key is empty or invalid.
    std::optional<signing_error> operator()(http_request& request, signing_context const&) const;
};

namespace detail {

/// Removes all parameters named `name` from the query. Names are compared after percent-decoding.
void erase_query_parameter(std::string& target, std::string_view name);
/// Appends a percent-encoded parameter to the query.
void append_query_parameter(std::string& target, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
