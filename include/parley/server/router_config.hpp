// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_ROUTER_CONFIG_HPP
#define PARLEY_SERVER_ROUTER_CONFIG_HPP

#include <parley/core/config.hpp>
#include <parley/http/request_view.hpp>
#include <parley/json/options.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A finished call, for `router_config::observe`. Valid during the call of that function.
struct served_call {
    request_view request;       ///< The request.
    std::string_view operation; ///< Name of the operation, or an empty string if the request matches no operation.
    int status = 0;             ///< Status of the response.
    std::string_view code;      ///< Error code, or an empty string if the response is an output.
    std::string_view text;      ///< Details of the error or exception, for the log of the server. Clients do not receive them.
};

/// Limits on the body of a request: `decode_limits` with lower defaults, since servers receive untrusted input. A body that exceeds
/// `bytes` is rejected with status 413, a body that exceeds another limit with status 400.
struct request_limits {
    std::size_t bytes = std::size_t{16} << 20; ///< Largest size in bytes, also after decompression.
    std::size_t depth = 256;                   ///< Largest nesting depth.
    /// Largest number of values. Limits the memory and the time for a small body: 16 MB of "{}," are 5,600,000 items.
    std::size_t values = 100'000;
    std::size_t violations = 100;    ///< Number of violations after which decoding stops.
    std::size_t collisions = 10'000; ///< See `decode_limits::collisions`.

    /// Converts to the limits of the decoder.
    operator decode_limits() const noexcept {
        return {.bytes = bytes, .depth = depth, .values = values, .violations = violations, .collisions = collisions};
    }
};

/// Router configuration. All members have defaults.
struct router_config {
    request_limits limits{}; ///< Limits on the body of a request.
    std::size_t target_bytes =
        16 * 1024; ///< Largest size of path and query in bytes. Longer targets are rejected with status 414.
    std::size_t header_bytes = 64 * 1024; ///< Largest total size of header names and values in bytes. Rejected with status 431.
    /// Whether the host of a request must begin with the host prefix of the operation, if it has one. If false, operations that differ only
    /// in the host prefix are ambiguous, and the request is dispatched to the first in the list. Set to false behind a proxy that changes
    /// the host.
    bool host_prefix = true;
    /// Decompresses bodies for operations that accept compressed requests: `parley::gunzip`. If empty, compressed requests are rejected with
    /// status 415.
    std::function<std::optional<std::string>(std::string_view bytes, std::size_t limit)> gunzip{};
    /// Returns an id for a request, which is sent in the header field x-amzn-requestid of the response. If empty or if it throws, the
    /// response has no id.
    std::function<std::string()> request_id{};
    /// Called once per request, on the thread that creates the response. Exceptions are ignored.
    std::function<void(served_call const&)> observe{};
};

/// Information for handlers about the current call.
struct call_context {
    request_view request;       ///< The request.
    std::string_view operation; ///< Name of the operation.
};

} // namespace parley

#endif
