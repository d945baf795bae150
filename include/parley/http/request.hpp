// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_REQUEST_HPP
#define PARLEY_HTTP_REQUEST_HPP

#include <parley/http/headers.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace parley::inline PARLEY_ABI {

/// A complete HTTP request, the argument of a transport.
struct http_request {
    std::string method;     ///< The method in capitals: "GET".
    std::string scheme;     ///< "https" or "http".
    std::string host;       ///< The host name; an IPv6 address is in brackets.
    std::uint16_t port = 0; ///< The port; 0: the default of the scheme.
    std::string target;     ///< Path and query, percent-encoded: the origin-form of RFC 9112, section 3.2.1.
    headers fields;         ///< The header fields. Host is not among them: see `authority`.
    std::string body;       ///< The body; may be empty.
    std::optional<std::chrono::steady_clock::time_point>
        deadline;         ///< Deadline of the attempt; the transport should time out then.
    std::stop_token stop; ///< Cancels the attempt.

    /// Returns the value of the header Host: the host, and the port unless it is the default.
    std::string authority() const { return port == 0 ? host : host + ':' + std::to_string(port); }
    /// Returns the absolute URL, for HTTP libraries that require one.
    std::string url() const { return scheme + "://" + authority() + target; }
};

} // namespace parley

#endif
