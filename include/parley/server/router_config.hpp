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

/// What a router tells of a request that it answered. Valid during the call.
struct served_call {
    request_view request;
    std::string_view operation; ///< empty: it was for none
    int status = 0;
    std::string_view code; ///< of the error; empty: it was answered with an output
    std::string_view text; ///< why it was refused, or what a handler threw; for the server's log, not for the peer
};

/// Bounds on the body of a request: `decode_limits` with lower defaults, as anybody can send requests. A body that is too large is answered
/// with 413, one that exceeds another limit with 400.
struct request_limits {
    std::size_t bytes = std::size_t{16} << 20;
    std::size_t depth = 256;
    /// Bounds the memory and the time that a small body costs: 16 MB of "{}," are 5,600,000 items, and each takes the size of its type.
    std::size_t values = 100'000;
    std::size_t violations = 100;
    std::size_t collisions = 10'000; ///< see `decode_limits::collisions`

    operator decode_limits() const noexcept {
        return {.bytes = bytes, .depth = depth, .values = values, .violations = violations, .collisions = collisions};
    }
};

/// What a router is made with. All has a default.
struct router_config {
    request_limits limits{};
    std::size_t target_bytes = 16 * 1024; ///< of path and query; longer ones are answered with 414
    std::size_t header_bytes = 64 * 1024; ///< of all names and values of fields; more is answered with 431
    /// Whether the host of a request must begin with the prefix that the operation may have. Without it, or behind a proxy that
    /// changes the host, operations that only the host tells apart cannot be: the first that is listed gets the request.
    bool host_prefix = true;
    /// For operations that take compressed requests: `parley::gunzip`. Without it they are answered with 415.
    std::function<std::optional<std::string>(std::string_view bytes, std::size_t limit)> gunzip{};
    /// Names each request, in the header x-amzn-requestid of its response. Without it none has a name. If it throws, the response goes
    /// out without that header.
    std::function<std::string()> request_id{};
    /// Called once for each request, from where its answer is made. What it throws is dropped: the response goes out all the same.
    std::function<void(served_call const&)> observe{};
};

/// What a handler may know of a call besides its input.
struct call_context {
    request_view request;
    std::string_view operation;
};

} // namespace parley

#endif
