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

/// Whether the peer may have seen the request.
enum class delivery : std::uint8_t {
    not_sent,      ///< certainly not
    possibly_sent, ///< it may have, and may have acted on it
    answered,      ///< it answered
};

/// What a call ended with instead of an output or a declared error. One of the four kinds below.
struct failure {
    std::string message;
    delivery sent = delivery::not_sent;
};

/// The input breaks its description; nothing was sent.
struct invalid_input : failure {
    std::vector<violation> violations;
};

/// The transport gave no response: no connection, a lost one, time-out, cancellation. Or an exception ended the call
/// (`transport_errc::exception`); if it was thrown while the response was decoded, `sent` is `answered`.
struct transport_failure : failure {
    transport_errc condition = transport_errc::other;
};

/// The peer answered with an error that the operation does not declare.
struct undeclared_error : failure {
    std::string code; ///< as the peer calls it; "Unknown" if it has none
    parley::fault fault = parley::fault::unspecified;
    http_response response;
};

/// The peer answered with something that is no output and no error.
struct undecodable_response : failure {
    std::vector<violation> violations;
    std::string code; ///< of an error whose body is no JSON, if a header has it
    http_response response;
};

} // namespace parley

#endif
