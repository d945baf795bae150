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
    std::string address = "127.0.0.1"; ///< the address to listen on; "0.0.0.0" or "::" for all addresses
    std::uint16_t port = 0;            ///< the port; 0 selects a free one
    int threads = 1;                   ///< the number of threads that call handlers; at least one
    /// The maximum number of open connections. At the limit, the connection that has been idle for the longest time is closed for a new
    /// one. If none is idle, new connections wait.
    std::size_t connections = 1000;
    /// The maximum number of open connections of one IPv4 address or one IPv6 network of 64 bits. At the limit, the connection of that
    /// address that has been idle for the longest time is closed; if none is idle, the new one is. Behind a proxy, this limits the proxy.
    std::size_t connections_per_address = 500;
    /// The maximum size of the request line and the header fields; a larger header gets status 431. Chunk extensions and trailer fields
    /// together have a separate limit of the same size.
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = std::size_t{16} << 20;  ///< the maximum size of a body; a larger one gets status 413
    std::chrono::milliseconds idle_timeout{60'000};  ///< limits the time between two requests of a connection
    std::chrono::milliseconds read_timeout{30'000};  ///< limits the time from the first byte of a request to the last one
    std::chrono::milliseconds write_timeout{30'000}; ///< limits the time to send a response
    std::chrono::milliseconds stop_timeout{5'000};   ///< how long `stop` waits for requests in progress
};

} // namespace parley

#endif
