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

/// What a transport is given: a whole request, ready to be written.
struct http_request {
    std::string method;
    std::string scheme;     ///< "https" or "http"
    std::string host;       ///< an IPv6 address is in brackets
    std::uint16_t port = 0; ///< 0: the default of the scheme
    std::string target;     ///< path and query, percent-encoded: the origin-form of RFC 9112, section 3.2.1
    headers fields;
    std::string body;
    std::optional<std::chrono::steady_clock::time_point> deadline; ///< of this attempt; a transport should give up then
    std::stop_token stop;                                          ///< asks the transport to give up at once

    /// The value of the header Host: host, and port if it is not the default one.
    std::string authority() const { return port == 0 ? host : host + ':' + std::to_string(port); }
    /// The whole address, for stacks that take one.
    std::string url() const { return scheme + "://" + authority() + target; }
};

} // namespace parley

#endif
