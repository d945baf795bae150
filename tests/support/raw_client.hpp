// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A client for raw bytes, for tests of servers.
#ifndef SUPPORT_RAW_CLIENT_HPP
#define SUPPORT_RAW_CLIENT_HPP

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace support {

/// A client that writes and reads raw bytes.
class raw_client {
public:
    /// @param own The address to connect from: any of 127.0.0.0/8.
    explicit raw_client(std::uint16_t port, char const* own = nullptr)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        if (own && ::inet_pton(AF_INET, own, &address.sin_addr) == 1)
            static_cast<void>(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~raw_client() { ::close(socket_); }
    raw_client(raw_client const&) = delete;
    raw_client& operator=(raw_client const&) = delete;

    bool connected() const { return connected_; }
    void write(std::string_view bytes) const { static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL)); }
    /// Writes all bytes unless the peer closes. Returns the number of bytes written.
    std::size_t write_all(std::string_view bytes) const {
        std::size_t written = 0;
        while (written < bytes.size()) {
            auto const n = ::send(socket_, bytes.data() + written, bytes.size() - written, MSG_NOSIGNAL);
            if (n <= 0) break;
            written += static_cast<std::size_t>(n);
        }
        return written;
    }
    void finish() const { ::shutdown(socket_, SHUT_WR); }
    /// Reads until the peer closes. Returns false after a time-out of some seconds or a reset.
    bool read_all() {
        while (read_some(std::chrono::seconds(5))) {}
        return ended_ && !reset_;
    }
    /// Reads until `text` has arrived. Returns false if it does not arrive.
    bool read_until(std::string_view text) {
        while (seen.find(text) == std::string::npos) {
            if (!read_some(std::chrono::seconds(5))) return false;
        }
        return true;
    }
    /// Waits briefly for data.
    bool read_some(std::chrono::milliseconds patience) {
        pollfd entry{socket_, POLLIN, 0};
        if (::poll(&entry, 1, static_cast<int>(patience.count())) <= 0) return false;
        char bytes[8192];
        auto const n = ::recv(socket_, bytes, sizeof bytes, 0);
        ended_ = n <= 0;
        reset_ = n < 0;
        if (n > 0) seen.append(bytes, static_cast<std::size_t>(n));
        return n > 0;
    }
    bool was_reset() const { return reset_; }
    bool was_closed() const { return ended_; }

    std::string seen;

private:
    int socket_;
    bool connected_ = false;
    bool ended_ = false;
    bool reset_ = false;
};

/// Returns the response of a server to these bytes, until it closes.
inline std::string answer_to(std::uint16_t port, std::string_view bytes) {
    raw_client client(port);
    client.write(bytes);
    client.finish();
    CHECK(client.read_all());
    return client.seen;
}
/// Returns the status line, such as "HTTP/1.1 200".
inline std::string status_of(std::uint16_t port, std::string_view bytes) { return answer_to(port, bytes).substr(0, 12); }

} // namespace support

#endif
