// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_DETAIL_BEAST_CONNECTION_HPP
#define PARLEY_TRANSPORT_DETAIL_BEAST_CONNECTION_HPP

#include <parley/core/timestamp.hpp>
#include <parley/http/request_view.hpp>
#include <parley/server/scripted_response.hpp>
#include <parley/transport/detail/beast_core.hpp>
#include <parley/transport/detail/beast_reader.hpp>

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

/// A connection: reads a request, calls the handler, writes the response, and repeats. All steps except the handler run under the
/// mutex. If an allocation fails in a step, the connection ends.
class beast_connection : public std::enable_shared_from_this<beast_connection> {
public:
    beast_connection(std::shared_ptr<beast_core> core, beast_socket socket, std::uint64_t number)
        : core_(std::move(core)), number_(number), socket_(std::move(socket)), timer_(core_->context),
          reader_(core_->config.header_bytes, core_->config.body_bytes) {}
    ~beast_connection() { core_->leave(number_); }
    beast_connection(beast_connection const&) = delete;
    beast_connection& operator=(beast_connection const&) = delete;

    void start() noexcept {
        run_step([this](auto& lock) {
            beast_error ignored;
            socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
            read(lock);
        });
    }
    /// Closes an idle connection. Returns whether it was idle.
    bool close_if_idle() noexcept {
        std::lock_guard lock(mutex_);
        if (idle_since_ == 0) return false;
        end();
        return true;
    }
    void close() noexcept {
        std::lock_guard lock(mutex_);
        end();
    }
    /// Returns since when the connection is idle, in ticks of the steady clock; 0 while it is not waiting for the first byte of a
    /// request. A new connection counts as idle after a second, so that new connections do not evict each other.
    std::int64_t idle_since() const noexcept { return idle_since_; }

private:
    using lock_type = std::unique_lock<std::mutex>;
    using step = beast_request_reader::step;
    enum class alarm : std::uint8_t { end, write };

    // Responds to one request, once, from any thread; with 500 if it is destroyed without a response.
    struct pending_response {
        std::shared_ptr<beast_connection> connection;
        std::atomic<bool> responded{false};

        explicit pending_response(std::shared_ptr<beast_connection> c) noexcept : connection(std::move(c)) {}
        pending_response(pending_response const&) = delete;
        pending_response& operator=(pending_response const&) = delete;
        ~pending_response() { respond(http_response{500, {}, {}}); }
        void respond(scripted_response response) noexcept {
            if (!responded.exchange(true)) connection->on_response(std::move(response));
        }
    };

    // Runs a step under the mutex. A step throws only if an allocation fails.
    template <class F>
    void run_step(F f) noexcept {
        lock_type lock(mutex_);
        if (closed_) return;
        try {
            f(lock);
        } catch (...) {
            if (!lock.owns_lock()) lock.lock();
            end();
        }
    }
    template <void (beast_connection::*Step)(lock_type&, beast_error, std::size_t)>
    auto completion() {
        return operation_handler(memory_, [self = shared_from_this()](beast_error error, std::size_t bytes) {
            self->run_step([&](lock_type& lock) { (self.get()->*Step)(lock, error, bytes); });
        });
    }

    void read(lock_type& lock) {
        auto const next = reader_.next();
        if (next == step::request) return call_handler(lock);
        if (next == step::refused) return respond(http_response{reader_.refusal(), {}, {}});
        if (!reader_.idle()) begin_request();
        else if (!become_idle()) return core_->stopping() ? end() : linger();
        if (next == step::go_on) return write(asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), {});
        socket_.async_read_some(reader_.prepare(), completion<&beast_connection::on_read>());
    }
    void on_read(lock_type& lock, beast_error error, std::size_t bytes) {
        if (error) return end();
        reader_.commit(bytes);
        read(lock);
    }
    // Returns false if the connection has to end instead.
    bool become_idle() {
        if (idle_since_ != 0) return true;
        auto const since = std::chrono::steady_clock::now() + std::chrono::seconds(used_ ? 0 : 1);
        idle_since_ = std::max<std::int64_t>(since.time_since_epoch().count(), 1);
        if (core_->is_peer_waiting() || core_->stopping()) return false;
        set_alarm(core_->config.idle_timeout, alarm::end);
        return true;
    }
    void begin_request() {
        idle_since_ = 0;
        if (std::exchange(reading_, true)) return;
        set_alarm(core_->config.read_timeout, alarm::end);
    }

    // Calls the handler without the lock. A response that is given while the handler runs is sent after the handler has returned,
    // because the handler may use the request until then.
    void call_handler(lock_type& lock) {
        idle_since_ = 0;
        reading_ = false;
        stop_alarm();
        calling_ = true;
        lock.unlock();
        std::shared_ptr<pending_response> pending;
        try {
            pending = std::make_shared<pending_response>(shared_from_this());
            view_ = view_of(reader_.request());
            core_->handle(view_, [pending](scripted_response response) { pending->respond(std::move(response)); });
        } catch (...) {
            if (pending) pending->respond(http_response{500, {}, {}});
            else on_response(http_response{500, {}, {}});
        }
        pending.reset();
        lock.lock();
        calling_ = false;
        if (!early_response_ || closed_) return;
        auto response = std::move(*early_response_);
        early_response_.reset();
        respond(std::move(response));
    }
    void on_response(scripted_response response) noexcept {
        run_step([&](lock_type&) {
            if (calling_) early_response_.emplace(std::move(response));
            else respond(std::move(response));
        });
    }

    void respond(scripted_response response) noexcept {
        idle_since_ = 0;
        auto const delay = response.delay;
        try {
            encode(response);
        } catch (...) {
            head_.clear();
            body_.clear();
            end_.reset();
            keep_alive_ = false;
        }
        try {
            if (delay.count() > 0) set_alarm(delay, alarm::write);
            else write_response();
        } catch (...) { end(); }
    }
    void encode(scripted_response& scripted) {
        keep_alive_ = reader_.keep_alive() && !core_->stopping() && !core_->is_peer_waiting();
        end_ = scripted.end;
        auto const date = date_now();
        response_place const place{reader_.request().method, keep_alive_, reader_.is_http_1_0(), date};
        auto text = write_response_head(scripted.response, place);
        if (!text) {
            scripted.response = {500, {}, {}};
            text = write_response_head(scripted.response, place);
        }
        head_ = std::move(*text);
        body_ = has_body(place.method, scripted.response.status) ? std::move(scripted.response.body) : std::string();
        if (end_) {
            body_.resize(std::min(body_.size(), scripted.cut - std::min(scripted.cut, head_.size())));
            head_.resize(std::min(head_.size(), scripted.cut));
        }
    }

    void write_response() {
        responding_ = true;
        set_alarm(core_->config.write_timeout, alarm::end);
        // Sent if the allocation of a response failed.
        constexpr std::string_view failure =
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        write(asio::buffer(head_.empty() && !end_ ? failure : std::string_view(head_)), asio::buffer(body_));
    }
    void write(asio::const_buffer first, asio::const_buffer second) {
        unsent_ = {first, second};
        socket_.async_write_some(unsent_, completion<&beast_connection::on_written>());
    }
    void on_written(lock_type& lock, beast_error error, std::size_t bytes) {
        if (error) return end();
        for (auto& part : unsent_) {
            auto const sent = std::min(bytes, part.size());
            part += sent;
            bytes -= sent;
        }
        if (asio::buffer_size(unsent_) > 0) return write(unsent_[0], unsent_[1]);
        if (std::exchange(responding_, false)) return on_response_written(lock);
        read(lock); // after 100 (Continue)
    }
    void on_response_written(lock_type& lock) {
        // An idle connection does not hold the memory of its last response.
        std::string().swap(head_);
        std::string().swap(body_);
        auto const end_as = std::exchange(end_, std::nullopt);
        if (end_as == connection_end::reset) {
            // With a linger time of 0, closing resets the connection.
            beast_error ignored;
            socket_.set_option(asio::socket_base::linger(true, 0), ignored);
            return end();
        }
        reader_.restart();
        used_ = true;
        if (end_as || !keep_alive_ || core_->stopping()) return linger();
        read(lock);
    }

    // RFC 9112, section 9.6: "the server performs a lossy close by shutting down the write side ... then continues reading until it
    // receives a corresponding close by the client": otherwise data that the client still sends would destroy the response in transit.
    void linger() {
        idle_since_ = 0;
        beast_error ignored;
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
        set_alarm(std::chrono::seconds(1), alarm::end);
        read_and_discard();
    }
    void read_and_discard() {
        reader_.discard();
        socket_.async_read_some(reader_.prepare(), completion<&beast_connection::on_discarded>());
    }
    void on_discarded(lock_type&, beast_error error, std::size_t) {
        if (error || core_->stopping()) return end();
        read_and_discard();
    }

    // At most one alarm is set. A completion with an older number belongs to an alarm that was cancelled too late.
    void set_alarm(std::chrono::milliseconds delay, alarm action) {
        auto const number = ++alarm_number_;
        timer_.expires_after(delay);
        timer_.async_wait(operation_handler(memory_, [self = shared_from_this(), number, action](beast_error error) {
            if (error) return;
            self->run_step([&](lock_type&) {
                if (number != self->alarm_number_) return;
                if (action == alarm::write) self->write_response();
                else self->end();
            });
        }));
    }
    void stop_alarm() noexcept {
        ++alarm_number_;
        try {
            timer_.cancel();
        } catch (...) {}
    }
    void end() noexcept {
        closed_ = true;
        idle_since_ = 0;
        stop_alarm();
        beast_error ignored;
        socket_.close(ignored);
    }

    static std::string date_now() {
        auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
        std::string text;
        append_timestamp(text, {static_cast<std::int64_t>(now.count()), 0}, timestamp_format::http_date);
        return text;
    }

    operation_memory memory_;
    std::shared_ptr<beast_core> core_;
    std::uint64_t const number_;
    std::atomic<std::int64_t> idle_since_{0};
    std::mutex mutex_; // guards the members below
    beast_socket socket_;
    beast_timer timer_;
    beast_request_reader reader_;
    request_view view_;                               // of the request, valid until the response is given
    std::optional<scripted_response> early_response_; // given while the handler runs
    std::string head_;                                // status line and header fields of the response
    std::string body_;
    std::array<asio::const_buffer, 2> unsent_;
    std::optional<connection_end> end_;
    std::uint64_t alarm_number_ = 0;
    bool used_ = false; // a response was sent
    bool keep_alive_ = true;
    bool reading_ = false;    // a request is being received, and its time-out is set
    bool calling_ = false;    // the handler is running
    bool responding_ = false; // a response is being written, rather than 100 (Continue)
    bool closed_ = false;
};

// Returns false if the operating system has no more sockets.
inline bool beast_core::accept() {
    beast_socket socket(context);
    asio::ip::tcp::endpoint peer;
    beast_error error;
    std::uint64_t number = 0;
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return true;
        acceptor_.accept(socket, peer, error);
        number = ++last_number_;
    }
    if (error == asio::error::would_block || error == asio::error::connection_aborted || error == asio::error::interrupted)
        return true;
    if (error) return false;
    auto const key = key_of(peer.address());
    if (count_of(key) >= std::max<std::size_t>(config.connections_per_address, 1) && !evict_idle(&key)) return true;
    auto const connection = std::make_shared<beast_connection>(shared_from_this(), std::move(socket), number);
    {
        std::lock_guard lock(mutex_);
        connections_.emplace(number, entry{connection.get(), connection, key});
    }
    connection->start();
    return true;
}

inline std::size_t beast_core::count_of(address_key const& address) {
    std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(connections_.begin(), connections_.end(),
                                                  [&](auto const& item) { return item.second.address == address; }));
}

// Closes the connection that has been idle for the longest time, of this address if it is not null. Returns false if none is idle.
inline bool beast_core::evict_idle(address_key const* address) noexcept {
    for (;;) {
        std::shared_ptr<beast_connection> oldest;
        {
            std::lock_guard lock(mutex_);
            entry const* found = nullptr;
            auto since = std::chrono::steady_clock::now().time_since_epoch().count();
            for (auto const& [number, one] : connections_) {
                auto const idle = one.connection->idle_since();
                if (idle == 0 || idle > since || (address && one.address != *address)) continue;
                found = &one;
                since = idle;
            }
            if (found) oldest = found->weak.lock();
        }
        if (!oldest) return false;
        if (oldest->close_if_idle()) return true;
    }
}

// Calls `f` for the connections in the order of their numbers, without allocating a list. Connections may end meanwhile.
template <class F>
void beast_core::each_connection(F f) {
    for (std::uint64_t last = 0;;) {
        std::shared_ptr<beast_connection> next;
        {
            std::lock_guard lock(mutex_);
            auto at = connections_.upper_bound(last);
            while (at != connections_.end() && !(next = at->second.weak.lock())) ++at;
            if (at == connections_.end()) return;
            last = at->first;
        }
        f(*next);
    }
}

inline void beast_core::stop() {
    if (stopping_.exchange(true)) return;
    {
        std::lock_guard lock(mutex_);
        beast_error ignored;
        acceptor_.close(ignored);
        pause_.cancel();
    }
    each_connection([](beast_connection& connection) { connection.close_if_idle(); });
    {
        std::unique_lock lock(mutex_);
        left_.wait_for(lock, config.stop_timeout, [this] { return connections_.empty(); });
    }
    each_connection([](beast_connection& connection) { connection.close(); });
    work_.reset();
    for (auto& thread : threads_) thread.join();
    // Runs the completions that were posted after the last thread had ended.
    context.restart();
    context.poll();
}

} // namespace parley::detail

#endif
