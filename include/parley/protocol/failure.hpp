// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_FAILURE_HPP
#define PARLEY_PROTOCOL_FAILURE_HPP

#include <parley/core/error.hpp>
#include <parley/describe/traits.hpp>
#include <parley/http/response.hpp>
#include <parley/http/transport_error.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Whether the server may have received the request.
enum class delivery : std::uint8_t {
    not_sent,      ///< The request was not sent.
    possibly_sent, ///< The server may have received and processed the request.
    answered,      ///< The server sent a response.
};

/// Common part of the errors that an operation does not declare: `invalid_input`, `transport_failure`, `undeclared_error` and
/// `undecodable_response`.
struct failure {
    std::string message;                ///< Human-readable message.
    delivery sent = delivery::not_sent; ///< Whether the server may have received the request.
};

/// The input violates its description. No request was sent.
struct invalid_input : failure {
    std::vector<violation> violations; ///< All violations.
};

/// The transport returned no response: connection failure, time-out or cancellation. Also reports an exception during the call
/// (`transport_errc::exception`); if it was thrown while the response was decoded, `sent` is `answered`.
struct transport_failure : failure {
    transport_errc condition = transport_errc::other; ///< Reason.
};

/// The server returned an error that the operation does not declare.
struct undeclared_error : failure {
    std::string code;                                 ///< Code that the server sent, or "Unknown".
    parley::fault fault = parley::fault::unspecified; ///< Side that caused the error.
    http_response response;                           ///< Response that contained the error.
};

/// The server returned a response that is neither a valid output nor an error.
struct undecodable_response : failure {
    std::vector<violation> violations; ///< Reasons why the response cannot be decoded.
    std::string code;                  ///< Error code in a header field, if the body of an error is not JSON.
    http_response response;            ///< Response that cannot be decoded.
};

} // namespace parley

#endif
