// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_TRANSPORT_ERROR_HPP
#define PARLEY_HTTP_TRANSPORT_ERROR_HPP

#include <parley/core/version.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Why a transport has no response.
enum class transport_errc : std::uint8_t {
    refused,             ///< no connection was made
    timed_out,           ///< the deadline passed
    cancelled,           ///< the stop token asked for it
    reset,               ///< the connection was lost
    tls,                 ///< the peer could not be authenticated
    protocol,            ///< the peer does not speak HTTP
    throttled,           ///< the stack has too much to do already: a full pool, a limiter on the way
    signing,             ///< the request could not be signed, so it was not given to the transport
    no_credentials,      ///< the same, since there are no credentials to sign it with
    expired_credentials, ///< the same, since the credentials have expired
    exception,           ///< code that the call ran has thrown: a member's type, an interceptor, the timer, or the allocator
    other,
};

constexpr std::string_view to_string(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused: return "connection refused";
    case transport_errc::timed_out: return "timed out";
    case transport_errc::cancelled: return "cancelled";
    case transport_errc::reset: return "connection lost";
    case transport_errc::tls: return "TLS failure";
    case transport_errc::protocol: return "no HTTP";
    case transport_errc::throttled: return "too much to do";
    case transport_errc::signing: return "not signed";
    case transport_errc::no_credentials: return "no credentials";
    case transport_errc::expired_credentials: return "credentials expired";
    case transport_errc::exception: return "exception thrown";
    case transport_errc::other: break;
    }
    return "transport failure";
}

/// What a transport gives instead of a response.
struct transport_error {
    transport_errc condition = transport_errc::other;
    bool sent = true;      ///< whether the peer may have seen the request, or a part of it
    std::string text = {}; ///< what the stack says of it

    std::string message() const {
        auto result = std::string(to_string(condition));
        return text.empty() ? result : result + ": " + text;
    }
};

} // namespace parley

#endif
