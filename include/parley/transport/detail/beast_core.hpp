// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_DETAIL_BEAST_CORE_HPP
#define PARLEY_TRANSPORT_DETAIL_BEAST_CORE_HPP

#include <parley/http/request_view.hpp>
#include <parley/server/scripted_response.hpp>
#include <parley/transport/beast_server_config.hpp>
#include <parley/transport/detail/beast_memory.hpp>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

namespace asio = boost::asio;
using beast_error = boost::system::error_code;
using beast_executor = asio::io_context::executor_type;
using beast_socket = asio::basic_stream_socket<asio::ip::tcp, beast_executor>;
using beast_timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, beast_executor>;

class beast_connection;

/// State shared by the connections of a server: the threads, the listening socket and the list of connections. Lives until the last
/// response, which a handler may give after the server is destroyed.
///
/// There are no strands: to post to a strand takes memory, and a strand whose allocation fails stays locked forever. A connection has
/// a mutex instead. A thread may lock the mutex of this object while it holds the mutex of a connection, not the other way round.
class beast_core : public std::enable_shared_from_this<beast_core> {
public:
    using respond = std::function<void(scripted_response)>;
    using handler = std::function<void(request_view const&, respond)>;

    beast_core(handler h, beast_server_config c)
        : handle(std::move(h)), config(std::move(c)), context(std::max(config.threads, 1)), acceptor_(context), pause_(context),
          work_(context.get_executor()) {}

    /// Throws boost::system::system_error if the server cannot listen on the address.
    void start() {
        asio::ip::tcp::endpoint const endpoint(asio::ip::make_address(config.address), config.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        acceptor_.non_blocking(true);
        port_ = acceptor_.local_endpoint().port();
        try {
            threads_.reserve(static_cast<std::size_t>(std::max(config.threads, 1)));
            for (int i = 0; i < std::max(config.threads, 1); ++i) threads_.emplace_back([this] { work(); });
            std::lock_guard lock(mutex_);
            wait_for_peer();
        } catch (...) {
            stop();
            throw;
        }
    }
    inline void stop();

    std::uint16_t port() const noexcept { return port_; }
    bool stopping() const noexcept { return stopping_; }
    /// Returns whether a new connection waits for another one to end. Connections then end instead of becoming idle.
    bool is_peer_waiting() const noexcept { return peer_waiting_; }

    void leave(std::uint64_t connection) noexcept {
        std::lock_guard lock(mutex_);
        connections_.erase(connection);
        left_.notify_all();
        if (peer_waiting_.exchange(false)) wait_for_peer();
    }

    handler const handle;
    beast_server_config const config;
    asio::io_context context;

private:
    using address_key = std::array<unsigned char, 16>;
    struct entry {
        beast_connection const* connection; // valid while the entry exists: the destructor of the connection removes it
        std::weak_ptr<beast_connection> weak;
        address_key address;
    };

    void work() noexcept {
        for (;;) {
            try {
                context.run();
                return;
            } catch (...) {
                // Handlers do not throw, but Asio does if an allocation fails.
            }
        }
    }

    // Requires the mutex. Cannot fail: the memory for the operation is reserved.
    void wait_for_peer() noexcept {
        if (stopping_) return;
        acceptor_.async_wait(asio::socket_base::wait_read,
                             operation_handler(memory_, [self = shared_from_this()](beast_error error) {
                                 if (!error) self->on_peer();
                             }));
    }
    // The connection is not accepted by Asio, which drops the operation if the allocation of the connection fails.
    void on_peer() noexcept {
        if (is_full()) return evict_or_wait();
        bool failed = false;
        try {
            failed = !accept();
        } catch (...) {
            // The allocation of the connection failed: it is closed.
        }
        std::lock_guard lock(mutex_);
        if (!failed) return wait_for_peer();
        // Usually there are no file descriptors left until other connections end.
        retry_later([](beast_core& core) { core.on_peer(); });
    }
    // Continues when a connection has ended; checks periodically whether one has become idle.
    void evict_or_wait() noexcept {
        if (evict_idle(nullptr)) return;
        std::lock_guard lock(mutex_);
        if (!peer_waiting_) return;
        retry_later([](beast_core& core) {
            if (core.peer_waiting_.exchange(false)) core.on_peer();
        });
    }
    bool is_full() noexcept {
        std::lock_guard lock(mutex_);
        bool const full = connections_.size() >= std::max<std::size_t>(config.connections, 1);
        if (full) peer_waiting_ = true;
        return full;
    }
    // Requires the mutex.
    void retry_later(void (*action)(beast_core&)) noexcept {
        if (stopping_) return;
        try {
            pause_.expires_after(std::chrono::milliseconds(20));
            pause_.async_wait(operation_handler(memory_, [self = shared_from_this(), action](beast_error error) {
                if (!error) action(*self);
            }));
        } catch (...) {
            peer_waiting_ = false;
            wait_for_peer();
        }
    }

    inline bool accept();
    inline std::size_t count_of(address_key const& address);
    inline bool evict_idle(address_key const* address) noexcept;
    template <class F>
    void each_connection(F f);

    // An IPv6 network of 64 bits counts as one address: a subscriber usually has all of it.
    static address_key key_of(asio::ip::address const& address) {
        auto const six = address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6();
        auto key = six.to_bytes();
        if (!six.is_v4_mapped()) std::fill(key.begin() + 8, key.end(), static_cast<unsigned char>(0));
        return key;
    }

    operation_memory memory_;
    asio::basic_socket_acceptor<asio::ip::tcp, beast_executor> acceptor_;
    beast_timer pause_;
    asio::executor_work_guard<beast_executor> work_; // keeps the threads running while all connections wait for their handlers
    std::uint16_t port_ = 0;
    std::vector<std::thread> threads_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> peer_waiting_{false}; // a peer waits; no connection is accepted until another one ends
    std::mutex mutex_;                      // guards acceptor_, pause_ and the members below
    std::condition_variable left_;
    std::map<std::uint64_t, entry> connections_; // by number
    std::uint64_t last_number_ = 0;
};

} // namespace parley::detail

// Defines the members that use connections.
#include <parley/transport/detail/beast_connection.hpp>

#endif
