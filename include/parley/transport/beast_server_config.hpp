// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_BEAST_SERVER_CONFIG_HPP
#define PARLEY_TRANSPORT_BEAST_SERVER_CONFIG_HPP

#include <parley/core/version.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace parley::inline PARLEY_ABI {

/// Configuration of a `beast_server`. All members have defaults.
struct beast_server_config {
    std::string address = "127.0.0.1"; ///< to listen on; "0.0.0.0" or "::" for all addresses of the machine
    std::uint16_t port = 0;            ///< 0: any free port
    int threads = 1;                   ///< threads that call handlers; at least one
    /// Open connections. When there are so many, the connection that has been idle for the longest time is closed for a new one. If
    /// none is idle, new connections wait.
    std::size_t connections = 1000;
    /// Open connections of one IPv4 address, or of one IPv6 network of 64 bits. Above it the address's own oldest idle connection is
    /// closed; if none of them is idle, the new one is. Behind a proxy this is the limit of the proxy.
    std::size_t connections_per_address = 500;
    /// Request line and header fields; more is answered with 431. Chunk extensions and trailer fields have the same limit once more.
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = std::size_t{16} << 20;  ///< more is answered with 413
    std::chrono::milliseconds idle_timeout{60'000};  ///< between two requests of a connection
    std::chrono::milliseconds read_timeout{30'000};  ///< from the first byte of a request to its last
    std::chrono::milliseconds write_timeout{30'000}; ///< for a response
    std::chrono::milliseconds stop_timeout{5'000};   ///< how long `stop` waits for requests that are being answered
};

} // namespace parley

#endif
