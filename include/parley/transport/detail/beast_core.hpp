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
/// answer, which a handler may give after the server is destroyed.
///
/// There are no strands: to run something in one takes memory, and a strand that gets none is locked for ever. A connection has a
/// mutex instead. A thread may lock this object's mutex while it holds that of a connection, not the other way round.
class beast_core : public std::enable_shared_from_this<beast_core> {
public:
    using respond = std::function<void(scripted_response)>;
    using handler = std::function<void(request_view const&, respond)>;

    beast_core(handler h, beast_server_config c)
        : handle(std::move(h)), config(std::move(c)), context(std::max(config.threads, 1)), acceptor_(context), pause_(context),
          work_(context.get_executor()) {}

    /// Throws boost::system::system_error if the address cannot be listened on.
    void start() {
        asio::ip::tcp::endpoint const wanted(asio::ip::make_address(config.address), config.port);
        acceptor_.open(wanted.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(wanted);
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
    /// Whether a connection should end rather than be idle: a peer waits for its place.
    bool is_place_wanted() const noexcept { return place_wanted_; }

    void leave(std::uint64_t connection) noexcept {
        std::lock_guard lock(mutex_);
        connections_.erase(connection);
        left_.notify_all();
        if (place_wanted_.exchange(false)) wait_for_peer();
    }

    handler const handle;
    beast_server_config const config;
    asio::io_context context;

private:
    using address_key = std::array<unsigned char, 16>;
    struct entry {
        beast_connection const* connection; // good while the entry exists: its destructor removes it
        std::weak_ptr<beast_connection> weak;
        address_key address;
    };

    void work() noexcept {
        for (;;) {
            try {
                context.run();
                return;
            } catch (...) {
                // Handlers do not throw, but Asio may if it gets no memory.
            }
        }
    }

    // The mutex is locked. The memory for the operation is there, so that it cannot fail.
    void wait_for_peer() noexcept {
        if (stopping_) return;
        acceptor_.async_wait(asio::socket_base::wait_read,
                             operation_handler(memory_, [self = shared_from_this()](beast_error error) {
                                 if (!error) self->on_peer();
                             }));
    }
    // Accepted here rather than by Asio, which drops the operation if it gets no memory for the connection.
    void on_peer() noexcept {
        if (is_full()) return make_place();
        bool failed = false;
        try {
            failed = !accept();
        } catch (...) {
            // No memory for this connection: it is closed.
        }
        std::lock_guard lock(mutex_);
        if (!failed) return wait_for_peer();
        // Out of descriptors, mostly: some come back when other connections end.
        look_again([](beast_core& core) { core.on_peer(); });
    }
    // Goes on when a connection ends, or looks again whether one has become idle.
    void make_place() noexcept {
        if (evict_idle(nullptr)) return;
        std::lock_guard lock(mutex_);
        if (!place_wanted_) return;
        look_again([](beast_core& core) {
            if (core.place_wanted_.exchange(false)) core.on_peer();
        });
    }
    bool is_full() noexcept {
        std::lock_guard lock(mutex_);
        bool const full = connections_.size() >= std::max<std::size_t>(config.connections, 1);
        if (full) place_wanted_ = true;
        return full;
    }
    // The mutex is locked.
    void look_again(void (*what)(beast_core&)) noexcept {
        if (stopping_) return;
        try {
            pause_.expires_after(std::chrono::milliseconds(20));
            pause_.async_wait(operation_handler(memory_, [self = shared_from_this(), what](beast_error error) {
                if (!error) what(*self);
            }));
        } catch (...) {
            place_wanted_ = false;
            wait_for_peer();
        }
    }

    inline bool accept();
    inline std::size_t count_of(address_key const& address);
    inline bool evict_idle(address_key const* address) noexcept;
    template <class F>
    void each_connection(F what);

    // One network of 64 bits is one subscriber's.
    static address_key key_of(asio::ip::address const& address) {
        auto const six = address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6();
        auto key = six.to_bytes();
        if (!six.is_v4_mapped()) std::fill(key.begin() + 8, key.end(), static_cast<unsigned char>(0));
        return key;
    }

    operation_memory memory_;
    asio::basic_socket_acceptor<asio::ip::tcp, beast_executor> acceptor_;
    beast_timer pause_;
    asio::executor_work_guard<beast_executor> work_; // the threads stay while all connections wait for their handlers
    std::uint16_t port_ = 0;
    std::vector<std::thread> threads_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> place_wanted_{false}; // a peer waits; nobody is accepted until a connection ends
    std::mutex mutex_;                      // of acceptor_, pause_ and what follows
    std::condition_variable left_;
    std::map<std::uint64_t, entry> connections_; // by number
    std::uint64_t last_number_ = 0;
};

} // namespace parley::detail

// Has the members that use connections.
#include <parley/transport/detail/beast_connection.hpp>

#endif
