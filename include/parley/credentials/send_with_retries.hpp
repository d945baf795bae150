// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_SEND_WITH_RETRIES_HPP
#define PARLEY_CREDENTIALS_SEND_WITH_RETRIES_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

// Functions shared by the providers that request credentials from a server.

namespace parley::inline PARLEY_ABI::detail {

struct retry_limits {
    std::chrono::milliseconds timeout{1000}; ///< limits one attempt
    int attempts = 3;
    credentials_context context{}; ///< the deadline and the stop token of the call that needs the credentials
};

/// Sends `request`, and retries it after a transport failure or a status of 429 or above 499. Returns the last response or failure. A
/// response may have at most 64 KiB. Returns `transport_errc::cancelled` as soon as a stop is requested in the context or its deadline
/// has passed.
result<http_response, transport_error> send_with_retries(provider_environment const& from, http_request request,
                                                         retry_limits const& retry_limits);

/// Returns the code of the credentials error for a failure of `send_with_retries`.
inline credentials_errc code_of(transport_error const& error) noexcept {
    return error.condition == transport_errc::cancelled ? credentials_errc::cancelled : credentials_errc::unavailable;
}

/// Returns a GET request for a URI, which may have a query; `nullopt` if the URI is invalid.
std::optional<http_request> get_request(std::string_view url);

/// Returns an environment variable; empty if it is not set.
std::string variable(provider_environment const& from, std::string const& name);
bool is_true(std::string_view text) noexcept;

/// Prepares a text of the server for an error text: shortens it and removes control characters and secrets.
std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets);

} // namespace parley::detail

#endif
