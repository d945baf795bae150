// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_SCRIPTED_RESPONSE_HPP
#define PARLEY_SERVER_SCRIPTED_RESPONSE_HPP

#include <parley/core/config.hpp>
#include <parley/http/response.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// How a server ends a connection.
enum class connection_end : std::uint8_t {
    close, ///< Orderly shutdown.
    reset, ///< Reset without shutdown, as after a crash.
};

/// A response, with optional faults for tests of clients.
struct scripted_response {
    http_response response;              ///< The response.
    std::chrono::milliseconds delay{};   ///< Time before the first byte.
    std::optional<connection_end> end{}; ///< If set, the connection ends after `cut` bytes of the response.
    std::size_t cut = 0;                 ///< Number of bytes, including status line and header fields. Used only with `end`.

    /// Creates a response with status 0, which must be assigned.
    scripted_response() = default;
    /// Creates a response without faults.
    scripted_response(http_response r) : response(std::move(r)) {}
    /// Creates a connection failure after `after` bytes of the response.
    explicit scripted_response(connection_end kind, std::size_t after = 0) : end(kind), cut(after) {}
};

/// Properties of the request and the connection that a response head depends on.
struct response_place {
    std::string_view method; ///< Method of the request.
    bool keep_alive = true;  ///< Whether the connection stays open.
    bool http_1_0 = false;   ///< Whether the client uses HTTP/1.0.
    std::string_view date{}; ///< Value of the field Date if the response has none. If empty, the field is omitted.
};

/// Writes the status line and the header fields of a response in the format of HTTP/1.1 (RFC 9112).
///
/// Content-Length is computed from the body, Connection from `place`. The fields Content-Length, Connection and Transfer-Encoding of
/// `response` are ignored. The caller appends the body if `has_body` returns true.
///
/// @return The head including the empty line, or `nullopt` if the response is invalid: the status is not between 200 and 999, a name is
///         not a token, or a value has a line break.
std::optional<std::string> write_response_head(http_response const& response, response_place const& place);

/// Returns whether a response to `method` has a body. RFC 9110, section 6.4.1: "Responses to the HEAD request method never
/// include content", and "All 1xx (Informational), 204 (No Content), and 304 (Not Modified) responses do not include content."
constexpr bool has_body(std::string_view method, int status) noexcept {
    return method != "HEAD" && status != 204 && status != 304;
}

/// Returns the reason phrase of a status (RFC 9110, section 15, and RFC 6585), or an empty string for an unknown status.
std::string_view reason_phrase(int status) noexcept;

} // namespace parley

#endif
