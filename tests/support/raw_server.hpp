// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_RAW_SERVER_HPP
#define PARLEY_TESTS_SUPPORT_RAW_SERVER_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

/// A server on the loopback address that sends raw bytes. Accepts one connection at a time.
class raw_server {
public:
    struct connection {
        int socket;
        std::atomic<bool> const& stopped;
        int& listener;

        /// Refuses further connections.
        void refuse_others() const {
            ::close(listener);
            listener = -1;
        }
        void write(std::string_view bytes) const {
            while (!bytes.empty()) {
                auto const n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
                if (n <= 0) return;
                bytes.remove_prefix(static_cast<std::size_t>(n));
            }
        }
        /// Waits until the peer closes or the test ends.
        void stall() const {
            while (!stopped && wait_readable(socket, 10) == 0) {}
        }
    };
    /// Called for each request, with its head and body. Returning false closes the connection.
    using handler = std::function<bool(connection const&, std::string const& request)>;

    /// Called for each connection before reading. Returning false closes it.
    using accept_handler = std::function<bool(connection const&)>;

    explicit raw_server(handler on_request, accept_handler on_accept = {})
        : on_request_(std::move(on_request)), on_accept_(std::move(on_accept)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener_, 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~raw_server() {
        stopped_ = true;
        thread_.join();
        ::close(listener_);
    }
    raw_server(raw_server const&) = delete;
    raw_server& operator=(raw_server const&) = delete;

    std::uint16_t port() const { return port_; }
    int accepted() const { return accepted_; }

private:
    static int wait_readable(int socket, int milliseconds) {
        pollfd entry{socket, POLLIN, 0};
        return ::poll(&entry, 1, milliseconds);
    }

    void run() {
        while (!stopped_) {
            if (wait_readable(listener_, 10) <= 0) continue;
            int const socket = ::accept(listener_, nullptr, nullptr);
            ++accepted_;
            if (!on_accept_ || on_accept_({socket, stopped_, listener_})) serve(socket);
            ::close(socket);
        }
    }

    void serve(int socket) {
        std::string buffer;
        while (!stopped_) {
            auto const end = buffer.find("\r\n\r\n");
            if (end != std::string::npos) {
                std::size_t body = 0;
                auto const length = buffer.find("Content-Length: ");
                if (length < end) body = std::stoul(buffer.substr(length + 16));
                auto const whole = end + 4 + body;
                if (buffer.size() >= whole) {
                    auto const request = buffer.substr(0, whole);
                    buffer.erase(0, whole);
                    if (!on_request_({socket, stopped_, listener_}, request)) return;
                    continue;
                }
            }
            if (wait_readable(socket, 10) == 0) continue;
            char chunk[4096];
            auto const n = ::recv(socket, chunk, sizeof chunk, 0);
            if (n <= 0) return;
            buffer.append(chunk, static_cast<std::size_t>(n));
        }
    }

    handler on_request_;
    accept_handler on_accept_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopped_{false};
    std::atomic<int> accepted_{0};
    std::thread thread_;
};

#endif
