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

/// How a connection ends.
enum class connection_end : std::uint8_t {
    close, ///< in order, as one that has said all it had to say
    reset, ///< at once, as one whose process died
};

/// What a server does with a request. Mostly it is the response; the rest is for tests of clients.
struct scripted_response {
    http_response response;
    std::chrono::milliseconds delay{};   ///< before the first byte
    std::optional<connection_end> end{}; ///< set: the connection ends, after as many bytes of the response as `cut` says
    std::size_t cut = 0;                 ///< of status line, header fields and body; used with `end` alone

    scripted_response() = default;
    scripted_response(http_response r) : response(std::move(r)) {}
    explicit scripted_response(connection_end how, std::size_t after = 0) : end(how), cut(after) {}
};

/// Where a response is written to, for what depends on it.
struct response_place {
    std::string_view method; ///< of the request
    bool keep_alive = true;  ///< whether the connection takes a further request
    bool http_1_0 = false;   ///< whether the peer speaks HTTP/1.0
    std::string_view date{}; ///< the value of the field Date, for a response that has none; empty: none
};

/// The status line and the header fields of `response` as they stand before its body on a connection of HTTP/1.1: RFC 9112.
/// Its length is told by the field Content-Length, and Connection is the server's own; what `response` says of these, and of
/// Transfer-Encoding, is left out. A response to HEAD, or of a status that has no body, is written without its body by who
/// calls this: see `has_body`.
///
/// Nothing if a status or field cannot be written: a status below 200 or above 999, a name that is no token, a value with a
/// line break.
std::optional<std::string> write_response_head(http_response const& response, response_place const& place);

/// Whether the body of a response to `method` is written. RFC 9110, section 6.4.1: "Responses to the HEAD request method never
/// include content", and "All 1xx (Informational), 204 (No Content), and 304 (Not Modified) responses do not include content."
constexpr bool has_body(std::string_view method, int status) noexcept {
    return method != "HEAD" && status != 204 && status != 304;
}

/// What the status line says beside the number; empty for a status that has no name.
std::string_view reason_phrase(int status) noexcept;

} // namespace parley

#endif
