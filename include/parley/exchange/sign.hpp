// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_SIGN_HPP
#define PARLEY_EXCHANGE_SIGN_HPP

#include <parley/core/config.hpp>
#include <parley/exchange/credentials.hpp>
#include <parley/http/request.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

/// Why a request was not signed; nothing of it was sent. Holds no secret.
struct signing_error {
    std::string text{};
    std::optional<credentials_error> credentials{}; ///< if there were none to sign with

    std::string const& message() const noexcept { return text; }
};

/// The step between encoding and sending that says who asks: callable with the request of each attempt and the time to
/// sign it for, which is the client's clock corrected by what the service's clock has shown. It changes the request, or
/// says why it does not. It gets the request of the attempt before, with what it added then, so it replaces rather than
/// adds. Models: `sigv4_signer`, `bearer_signer`, `api_key_signer`, `anonymous_signer`, any lambda of that form.
template <class S>
concept signer = requires(S& sign, http_request& request, std::chrono::system_clock::time_point time) {
    { sign(request, time) } -> std::same_as<std::optional<signing_error>>;
};

/// A signer of any type.
using any_signer = std::function<std::optional<signing_error>(http_request&, std::chrono::system_clock::time_point)>;

/// Signs nothing. https://smithy.io/2.0/spec/authentication-traits.html#optionalauth
struct anonymous_signer {
    std::optional<signing_error> operator()(http_request&, std::chrono::system_clock::time_point) const noexcept { return {}; }
};

/// Sends a bearer token (RFC 6750, section 2.1). Fails without TLS, as section 5.3 asks, if that is not allowed.
struct bearer_signer {
    std::string token{};
    bool allow_plain_http = false; ///< for tests on one machine

    std::optional<signing_error> operator()(http_request& request, std::chrono::system_clock::time_point) const;
};

enum class api_key_place : std::uint8_t { header, query };

/// Sends an API key as a header field or a query parameter.
/// https://smithy.io/2.0/spec/authentication-traits.html#httpapikeyauth
///
///     parley::api_key_signer sign{.key = key, .name = "X-Api-Key"};
struct api_key_signer {
    std::string key{};
    std::string name{};                        ///< of the field or parameter
    api_key_place place = api_key_place::header;
    std::string scheme{};                      ///< before the key and a space, in a header: "ApiKey"

    std::optional<signing_error> operator()(http_request& request, std::chrono::system_clock::time_point) const;
};

namespace detail {

/// Takes all parameters of that name out of the query; names are compared decoded.
void erase_query_parameter(std::string& target, std::string_view name);
/// Appends a parameter, percent-encoded, to the query.
void append_query_parameter(std::string& target, std::string_view name, std::string_view value);

} // namespace detail
} // namespace parley

#endif
