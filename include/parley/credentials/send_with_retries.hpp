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

// What providers that ask a server have in common.

namespace parley::inline PARLEY_ABI::detail {

struct retry_limits {
    std::chrono::milliseconds timeout{1000}; ///< of an attempt
    int attempts = 3;
    credentials_context context{}; ///< of the call that waits for the answer
};

/// Sends `request` until there is an answer worth reading: no failure of the transport, no status 429 or above 499. The
/// last answer or failure, if there is none. An answer is 64 KiB at most. Fails with `transport_errc::cancelled` as soon as the
/// context is stopped or its deadline has passed.
result<http_response, transport_error> send_with_retries(provider_environment const& from, http_request request,
                                                         retry_limits const& retry_limits);

/// Why there are no credentials where `send_with_retries` failed.
inline credentials_errc code_of(transport_error const& error) noexcept {
    return error.condition == transport_errc::cancelled ? credentials_errc::cancelled : credentials_errc::unavailable;
}

/// A GET of an address that may have a query; nothing if it is no address.
std::optional<http_request> get_request(std::string_view url);

/// An environment variable; empty if it is not set.
std::string variable(provider_environment const& from, std::string const& name);
bool is_true(std::string_view text) noexcept;

/// What a peer says, fit for an error text: short, printable, and without these secrets.
std::string quoted_reason(std::string_view text, std::initializer_list<std::string_view> secrets);

} // namespace parley::detail

#endif
