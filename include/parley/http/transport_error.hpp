// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_TRANSPORT_ERROR_HPP
#define PARLEY_HTTP_TRANSPORT_ERROR_HPP

#include <parley/core/version.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The reason why there is no response.
enum class transport_errc : std::uint8_t {
    refused,             ///< The connection could not be established.
    timed_out,           ///< The deadline expired.
    cancelled,           ///< The stop token was triggered.
    reset,               ///< The connection was lost.
    tls,                 ///< The TLS handshake failed.
    protocol,            ///< The response is not valid HTTP.
    throttled,           ///< A local limit was exceeded: a full connection pool, a rate limiter.
    signing,             ///< The request could not be signed and was not sent.
    no_credentials,      ///< As `signing`: there are no credentials.
    expired_credentials, ///< As `signing`: the credentials have expired.
    exception,           ///< User code or the allocator threw an exception.
    other,               ///< Any other reason.
};

/// Returns a description of `condition` for error texts.
constexpr std::string_view to_string(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused: return "connection refused";
    case transport_errc::timed_out: return "timed out";
    case transport_errc::cancelled: return "cancelled";
    case transport_errc::reset: return "connection lost";
    case transport_errc::tls: return "TLS failure";
    case transport_errc::protocol: return "invalid HTTP response";
    case transport_errc::throttled: return "local limit exceeded";
    case transport_errc::signing: return "not signed";
    case transport_errc::no_credentials: return "no credentials";
    case transport_errc::expired_credentials: return "credentials expired";
    case transport_errc::exception: return "exception thrown";
    case transport_errc::other: break;
    }
    return "transport failure";
}

/// The error that a transport returns instead of a response.
struct transport_error {
    transport_errc condition = transport_errc::other; ///< The reason.
    bool sent = true;                                 ///< The peer may have received the request or a part of it.
    std::string text = {};                            ///< Details from the HTTP library; may be empty.

    /// Returns the description of the condition and the details.
    std::string message() const {
        auto result = std::string(to_string(condition));
        return text.empty() ? result : result + ": " + text;
    }
};

} // namespace parley

#endif
