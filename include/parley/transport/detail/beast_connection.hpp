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

/// One connection: reads a request, has it answered, writes the response, and so on. Each step runs under the mutex, except the
/// handler. A step that gets no memory ends the connection.
class beast_connection : public std::enable_shared_from_this<beast_connection> {
public:
    beast_connection(std::shared_ptr<beast_core> core, beast_socket socket, std::uint64_t number)
        : core_(std::move(core)), number_(number), socket_(std::move(socket)), timer_(core_->context),
          reader_(core_->config.header_bytes, core_->config.body_bytes) {}
    ~beast_connection() { core_->leave(number_); }
    beast_connection(beast_connection const&) = delete;
    beast_connection& operator=(beast_connection const&) = delete;

    void start() noexcept {
        take([this](auto& lock) {
            beast_error ignored;
            socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
            read_on(lock);
        });
    }
    /// Returns whether it was idle.
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
    /// Since when it counts as idle, as ticks of the steady clock; 0 if it does not wait for the first byte of a request. A new
    /// connection is given a second for that byte, so that new ones do not displace each other.
    std::int64_t idle_since() const noexcept { return idle_since_; }

private:
    using lock_type = std::unique_lock<std::mutex>;
    using step = beast_request_reader::step;
    enum class alarm : std::uint8_t { end, write };

    // Answers one request, once; with 500 if it is dropped. Whatever thread that happens in.
    struct pending {
        std::shared_ptr<beast_connection> connection;
        std::atomic<bool> answered{false};

        explicit pending(std::shared_ptr<beast_connection> c) noexcept : connection(std::move(c)) {}
        pending(pending const&) = delete;
        pending& operator=(pending const&) = delete;
        ~pending() { answer(http_response{500, {}, {}}); }
        void answer(scripted_response reply) noexcept {
            if (!answered.exchange(true)) connection->give(std::move(reply));
        }
    };

    // Takes one step. If it throws there was no memory for it.
    template <class F>
    void take(F one) noexcept {
        lock_type lock(mutex_);
        if (closed_) return;
        try {
            one(lock);
        } catch (...) {
            if (!lock.owns_lock()) lock.lock();
            end();
        }
    }
    template <void (beast_connection::*Step)(lock_type&, beast_error, std::size_t)>
    auto then() {
        return operation_handler(memory_, [self = shared_from_this()](beast_error error, std::size_t bytes) {
            self->take([&](lock_type& lock) { (self.get()->*Step)(lock, error, bytes); });
        });
    }

    void read_on(lock_type& lock) {
        auto const next = reader_.next();
        if (next == step::request) return call(lock);
        if (next == step::refused) return respond(http_response{reader_.refusal(), {}, {}});
        if (!reader_.idle()) begin_request();
        else if (!be_idle()) return core_->stopping() ? end() : linger();
        if (next == step::go_on) return write(asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), {});
        socket_.async_read_some(reader_.prepare(), then<&beast_connection::on_read>());
    }
    void on_read(lock_type& lock, beast_error error, std::size_t bytes) {
        if (error) return end();
        reader_.commit(bytes);
        read_on(lock);
    }
    // False if there is no time for that.
    bool be_idle() {
        if (idle_since_ != 0) return true;
        auto const since = std::chrono::steady_clock::now() + std::chrono::seconds(used_ ? 0 : 1);
        idle_since_ = std::max<std::int64_t>(since.time_since_epoch().count(), 1);
        if (core_->is_place_wanted() || core_->stopping()) return false;
        set_alarm(core_->config.idle_timeout, alarm::end);
        return true;
    }
    void begin_request() {
        idle_since_ = 0;
        if (std::exchange(reading_, true)) return;
        set_alarm(core_->config.read_timeout, alarm::end);
    }

    // The handler is called without the lock. An answer that comes while it runs waits for its end, since it may use the request
    // until it returns.
    void call(lock_type& lock) {
        idle_since_ = 0;
        reading_ = false;
        stop_alarm();
        calling_ = true;
        lock.unlock();
        std::shared_ptr<pending> call;
        try {
            call = std::make_shared<pending>(shared_from_this());
            view_ = view_of(reader_.request());
            core_->handle(view_, [call](scripted_response reply) { call->answer(std::move(reply)); });
        } catch (...) {
            if (call) call->answer(http_response{500, {}, {}});
            else give(http_response{500, {}, {}});
        }
        call.reset();
        lock.lock();
        calling_ = false;
        if (!early_reply_ || closed_) return;
        auto reply = std::move(*early_reply_);
        early_reply_.reset();
        respond(std::move(reply));
    }
    void give(scripted_response reply) noexcept {
        take([&](lock_type&) {
            if (calling_) early_reply_.emplace(std::move(reply));
            else respond(std::move(reply));
        });
    }

    void respond(scripted_response reply) noexcept {
        idle_since_ = 0;
        auto const delay = reply.delay;
        try {
            encode(reply);
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
    void encode(scripted_response& reply) {
        keep_alive_ = reader_.keep_alive() && !core_->stopping() && !core_->is_place_wanted();
        end_ = reply.end;
        auto const date = date_now();
        response_place const place{reader_.request().method, keep_alive_, reader_.is_http_1_0(), date};
        auto text = write_response_head(reply.response, place);
        if (!text) {
            reply.response = {500, {}, {}};
            text = write_response_head(reply.response, place);
        }
        head_ = std::move(*text);
        body_ = has_body(place.method, reply.response.status) ? std::move(reply.response.body) : std::string();
        if (end_) {
            body_.resize(std::min(body_.size(), reply.cut - std::min(reply.cut, head_.size())));
            head_.resize(std::min(head_.size(), reply.cut));
        }
    }

    void write_response() {
        responding_ = true;
        set_alarm(core_->config.write_timeout, alarm::end);
        // Sent if there is no memory to say more.
        constexpr std::string_view failure =
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        write(asio::buffer(head_.empty() && !end_ ? failure : std::string_view(head_)), asio::buffer(body_));
    }
    void write(asio::const_buffer first, asio::const_buffer second) {
        unsent_ = {first, second};
        socket_.async_write_some(unsent_, then<&beast_connection::on_written>());
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
        read_on(lock); // after 100 (Continue)
    }
    void on_response_written(lock_type& lock) {
        // An idle connection does not keep its last request and response.
        std::string().swap(head_);
        std::string().swap(body_);
        auto const end_as = std::exchange(end_, std::nullopt);
        if (end_as == connection_end::reset) {
            // Closed with nothing to wait for, the connection is reset.
            beast_error ignored;
            socket_.set_option(asio::socket_base::linger(true, 0), ignored);
            return end();
        }
        reader_.restart();
        used_ = true;
        if (end_as || !keep_alive_ || core_->stopping()) return linger();
        read_on(lock);
    }

    // RFC 9112, section 9.6: "the server performs a lossy close by shutting down the write side ... then continues reading until it
    // receives a corresponding close by the client": else what the client still sends would destroy the response on its way.
    void linger() {
        idle_since_ = 0;
        beast_error ignored;
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
        set_alarm(std::chrono::seconds(1), alarm::end);
        drop();
    }
    void drop() {
        reader_.discard();
        socket_.async_read_some(reader_.prepare(), then<&beast_connection::on_dropped>());
    }
    void on_dropped(lock_type&, beast_error error, std::size_t) {
        if (error || core_->stopping()) return end();
        drop();
    }

    // One time-out is set at a time. That of an older number was cancelled too late.
    void set_alarm(std::chrono::milliseconds in, alarm what) {
        auto const number = ++alarm_number_;
        timer_.expires_after(in);
        timer_.async_wait(operation_handler(memory_, [self = shared_from_this(), number, what](beast_error error) {
            if (error) return;
            self->take([&](lock_type&) {
                if (number != self->alarm_number_) return;
                if (what == alarm::write) self->write_response();
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
    std::mutex mutex_; // of what follows
    beast_socket socket_;
    beast_timer timer_;
    beast_request_reader reader_;
    request_view view_;                            // of the request, until it is answered
    std::optional<scripted_response> early_reply_; // given while the handler runs
    std::string head_;                             // of the response
    std::string body_;
    std::array<asio::const_buffer, 2> unsent_;
    std::optional<connection_end> end_;
    std::uint64_t alarm_number_ = 0;
    bool used_ = false; // for a request, at least
    bool keep_alive_ = true;
    bool reading_ = false;    // a request, whose time-out is set
    bool calling_ = false;    // the handler
    bool responding_ = false; // what is written is a response
    bool closed_ = false;
};

// False if the operating system gives no more sockets.
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

// Closes the connection, of that address if there is one, that has been idle for the longest time. False if none is idle.
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

// In the order of their numbers, without memory for a list. They may end, and leave, meanwhile.
template <class F>
void beast_core::each_connection(F what) {
    for (std::uint64_t last = 0;;) {
        std::shared_ptr<beast_connection> next;
        {
            std::lock_guard lock(mutex_);
            auto at = connections_.upper_bound(last);
            while (at != connections_.end() && !(next = at->second.weak.lock())) ++at;
            if (at == connections_.end()) return;
            last = at->first;
        }
        what(*next);
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
    // Completions that came after the last thread had nothing more to do.
    context.restart();
    context.poll();
}

} // namespace parley::detail

#endif
