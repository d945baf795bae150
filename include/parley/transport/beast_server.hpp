// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_BEAST_SERVER_HPP
#define PARLEY_TRANSPORT_BEAST_SERVER_HPP

#include <parley/core/timestamp.hpp>
#include <parley/server/scripted_response.hpp>
#include <parley/http/request_view.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace parley {

/// What a `beast_server` is made with. All has a default.
struct beast_server_config {
    std::string address = "127.0.0.1"; ///< to listen on; "0.0.0.0" or "::" for all of the machine's
    std::uint16_t port = 0;            ///< 0: any that is free
    int threads = 1;                   ///< that handlers are called from; one at least
    std::size_t connections = 1000;    ///< at once; more wait until one ends
    std::size_t header_bytes = 64 * 1024;             ///< of request line and fields; more is answered with 431
    std::size_t body_bytes = std::size_t{16} << 20;   ///< more is answered with 413
    std::chrono::milliseconds idle_timeout{60'000};   ///< between two requests of a connection
    std::chrono::milliseconds read_timeout{30'000};   ///< from the first byte of a request to its last
    std::chrono::milliseconds write_timeout{30'000};  ///< for a response
    std::chrono::milliseconds stop_timeout{5'000};    ///< how long `stop` waits for requests that are being answered
};

/// Beast's own requests are read where they are: `router(request)` works with them as it does with a `request_view`.
template <class Allocator>
struct request_traits<boost::beast::http::request<boost::beast::http::string_body, boost::beast::http::basic_fields<Allocator>>> {
    using request = boost::beast::http::request<boost::beast::http::string_body, boost::beast::http::basic_fields<Allocator>>;

    static std::string_view method(request const& r) { return text(r.method_string()); }
    static std::string_view target(request const& r) { return text(r.target()); }
    static std::string_view body(request const& r) { return r.body(); }
    static std::optional<std::string_view> header(request const& r, std::string_view name) {
        auto const found = r.find(boost::beast::string_view(name.data(), name.size()));
        return found == r.end() ? std::nullopt : std::optional(text(found->value()));
    }
    template <class F>
    static void each_header(request const& r, F&& f) {
        for (auto const& field : r) f(text(field.name_string()), text(field.value()));
    }

private:
    static std::string_view text(boost::beast::string_view s) { return {s.data(), s.size()}; }
};

namespace detail {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast_executor = asio::strand<asio::io_context::executor_type>;
using beast_socket = asio::basic_stream_socket<asio::ip::tcp, beast_executor>;

class beast_connection;

/// What the connections of a server share. Lives until the last answer, which a handler may give when the server is gone.
class beast_core : public std::enable_shared_from_this<beast_core> {
public:
    using respond = std::function<void(http_reply)>;
    using handler = std::function<void(request_view const&, respond)>;

    beast_core(handler h, beast_server_config c)
        : handle(std::move(h)), config(std::move(c)), context(config.threads), acceptor_(asio::make_strand(context)),
          pause_(acceptor_.get_executor()) {}

    /// Throws boost::system::system_error if the address cannot be listened on.
    void start() {
        asio::ip::tcp::endpoint const wanted(asio::ip::make_address(config.address), config.port);
        acceptor_.open(wanted.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(wanted);
        acceptor_.listen();
        port_ = acceptor_.local_endpoint().port();
        accept();
        for (int i = 0; i < std::max(config.threads, 1); ++i) threads_.emplace_back([this] { work(); });
    }
    inline void stop();

    std::uint16_t port() const noexcept { return port_; }
    bool stopping() const noexcept { return stopping_; }

    /// Calls `what` from where the others of `executor` are called; never, if the server is gone.
    template <class F>
    void run(beast_executor const& executor, F what) {
        if (executor.running_in_this_thread()) return what();
        std::lock_guard lock(mutex_);
        if (!gone_) asio::post(executor, std::move(what));
    }
    void leave(beast_connection const* connection) {
        std::lock_guard lock(mutex_);
        connections_.erase(connection);
        left_.notify_all();
        if (!gone_ && std::exchange(full_, false)) asio::post(acceptor_.get_executor(), [self = shared_from_this()] { self->accept(); });
    }

    handler const handle;
    beast_server_config const config;
    asio::io_context context;

private:
    void work() {
        for (;;) {
            try {
                context.run();
                return;
            } catch (...) {
                // Of one connection, for which there was no memory; it is closed.
            }
        }
    }
    void accept() {
        if (stopping_) return;
        acceptor_.async_accept(asio::make_strand(context), [self = shared_from_this()](beast::error_code error, beast_socket socket) {
            if (error == asio::error::operation_aborted) return;
            if (error) return self->accept_later();
            self->take(std::move(socket));
        });
    }
    // Out of descriptors, mostly: some come back when other connections end.
    void accept_later() {
        pause_.expires_after(std::chrono::milliseconds(20));
        pause_.async_wait([self = shared_from_this()](beast::error_code error) {
            if (!error) self->accept();
        });
    }
    inline void take(beast_socket socket);
    inline void each_connection(void (beast_connection::*what)());

    asio::basic_socket_acceptor<asio::ip::tcp, beast_executor> acceptor_;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, beast_executor> pause_;
    std::uint16_t port_ = 0;
    std::vector<std::thread> threads_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_; // of what follows
    std::condition_variable left_;
    std::unordered_map<beast_connection const*, std::weak_ptr<beast_connection>> connections_;
    bool full_ = false; // no connection is accepted until one ends
    bool gone_ = false; // nobody runs anything any more
};

/// One connection: reads a request, has it answered, writes the response, and so on. All but its making and end happens on its
/// executor.
class beast_connection : public std::enable_shared_from_this<beast_connection> {
public:
    beast_connection(std::shared_ptr<beast_core> core, beast_socket socket)
        : core_(std::move(core)), stream_(std::move(socket)), timer_(stream_.get_executor()) {}
    ~beast_connection() { core_->leave(this); }
    beast_connection(beast_connection const&) = delete;
    beast_connection& operator=(beast_connection const&) = delete;

    beast_executor executor() { return stream_.get_executor(); }

    void start() {
        beast::error_code ignored;
        stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        wait();
    }
    void close_if_idle() {
        if (idle_) close();
    }
    void close() {
        closed_ = true;
        timer_.cancel();
        stream_.close();
    }

private:
    using error_code = beast::error_code;

    // Answers one request, once; with 500 if it is given up. Whatever thread that happens in.
    struct pending {
        std::shared_ptr<beast_connection> connection;
        std::atomic<bool> answered{false};

        explicit pending(std::shared_ptr<beast_connection> c) : connection(std::move(c)) {}
        pending(pending const&) = delete;
        pending& operator=(pending const&) = delete;
        ~pending() { answer(http_response{500, {}, {}}); }
        void answer(http_reply reply) {
            if (answered.exchange(true)) return;
            connection->core_->run(connection->executor(), [c = connection, r = std::move(reply)]() mutable { c->respond(std::move(r)); });
        }
    };

    template <void (beast_connection::*Step)(error_code)>
    auto then() {
        return [self = shared_from_this()](error_code error, auto&&...) { (self.get()->*Step)(error); };
    }

    void wait() {
        if (core_->stopping()) return linger();
        parser_.emplace();
        skip_empty_line();
        if (buffer_.size() > 0) return read_head();
        idle_ = true;
        stream_.expires_after(core_->config.idle_timeout);
        stream_.async_read_some(buffer_.prepare(16 * 1024), [self = shared_from_this()](error_code error, std::size_t bytes) {
            self->idle_ = false;
            self->buffer_.commit(bytes);
            if (error) return self->close();
            self->skip_empty_line();
            self->read_head();
        });
    }
    // RFC 9112, section 2.2: "a server that is expecting to receive and parse a request-line SHOULD ignore at least one empty line
    // (CRLF) received prior to the request-line."
    void skip_empty_line() {
        auto const bytes = buffer_.data();
        if (beast::string_view(static_cast<char const*>(bytes.data()), bytes.size()).starts_with("\r\n")) buffer_.consume(2);
    }

    void read_head() {
        parser_->header_limit(static_cast<std::uint32_t>(core_->config.header_bytes));
        parser_->body_limit(core_->config.body_bytes);
        stream_.expires_after(core_->config.read_timeout);
        beast::http::async_read_header(stream_, buffer_, *parser_, then<&beast_connection::on_head>());
    }

    void on_head(error_code error) {
        if (error) return refuse(error);
        auto const& head = parser_->get();
        if (int const status = objection(head)) return refuse(status);
        if (head.count(beast::http::field::expect) == 0 || head.version() < 11 || parser_->is_done() || buffer_.size() > 0)
            return read_body({});
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(go_on), then<&beast_connection::read_body>());
    }

    // What is wrong with a head that can be read.
    template <class Head>
    static int objection(Head const& head) {
        namespace http = beast::http;
        // RFC 9112, section 3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that
        // lacks a Host header field and to any request message that contains more than one Host header field line".
        auto const hosts = head.count(http::field::host);
        if (hosts > 1 || (hosts == 0 && head.version() >= 11)) return 400;
        // RFC 9112, section 6.1: "A server that receives a request message with a transfer coding it does not understand SHOULD
        // respond with 501". Where the body would end is not known either.
        auto const codings = head.count(http::field::transfer_encoding);
        if (codings > 1 || (codings == 1 && !beast::iequals(head[http::field::transfer_encoding], "chunked"))) return 501;
        if (codings == 1 && head.version() < 11) return 400;
        auto const expected = head.find(http::field::expect);
        return expected != head.end() && !beast::iequals(expected->value(), "100-continue") ? 417 : 0;
    }

    void read_body(error_code error) {
        if (error) return close();
        if (parser_->is_done()) return answer();
        beast::http::async_read(stream_, buffer_, *parser_, then<&beast_connection::on_body>());
    }
    void on_body(error_code error) {
        if (error) return refuse(error);
        answer();
    }

    void answer() {
        stream_.expires_never();
        auto const call = std::make_shared<pending>(shared_from_this());
        try {
            core_->handle(view_of(parser_->get()), [call](http_reply reply) { call->answer(std::move(reply)); });
        } catch (...) {
            call->answer(http_response{500, {}, {}});
        }
    }

    void refuse(error_code why) {
        using beast::http::error;
        if (why == error::header_limit || why == error::buffer_overflow) return refuse(431);
        if (why == error::body_limit) return refuse(413);
        if (why == error::bad_version) return refuse(505);
        bool const of_http = why.category() == make_error_code(error::bad_method).category();
        if (!of_http || why == error::end_of_stream || why == error::partial_message) return close();
        refuse(400);
    }
    void refuse(int status) {
        unread_ = true;
        respond(http_response{status, {}, {}});
    }

    void respond(http_reply reply) {
        if (closed_) return;
        auto& head = parser_->get();
        auto const method = request_traits<std::remove_reference_t<decltype(head)>>::method(head);
        keep_alive_ = !unread_ && parser_->keep_alive() && !core_->stopping();
        end_ = reply.end;
        auto const date = date_now();
        response_place const place{method, keep_alive_, head.version() == 10, date};
        auto text = write_response_head(reply.response, place);
        if (!text) {
            reply.response = {500, {}, {}};
            text = write_response_head(reply.response, place);
        }
        head_ = std::move(*text);
        body_ = has_body(method, reply.response.status) ? std::move(reply.response.body) : std::string();
        if (end_) {
            body_.resize(std::min(body_.size(), reply.cut - std::min(reply.cut, head_.size())));
            head_.resize(std::min(head_.size(), reply.cut));
        }
        if (reply.delay.count() <= 0) return write({});
        timer_.expires_after(reply.delay);
        timer_.async_wait(then<&beast_connection::write>());
    }

    void write(error_code error) {
        if (error) return close();
        stream_.expires_after(core_->config.write_timeout);
        std::array<asio::const_buffer, 2> const bytes{asio::buffer(head_), asio::buffer(body_)};
        asio::async_write(stream_, bytes, then<&beast_connection::on_written>());
    }
    void on_written(error_code error) {
        if (error) return close();
        if (end_ == connection_end::reset) {
            // Closed with nothing to wait for, the connection is reset.
            stream_.socket().set_option(asio::socket_base::linger(true, 0), error);
            return close();
        }
        if (end_ || !keep_alive_) return linger();
        wait();
    }

    // RFC 9112, section 9.6: "the server performs a lossy close by shutting down the write side ... then continues reading until it
    // receives a corresponding close by the client": else what the client still sends would destroy the response on its way.
    void linger() {
        error_code ignored;
        stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
        stream_.expires_after(std::chrono::seconds(1));
        discard({});
    }
    void discard(error_code error) {
        if (error || core_->stopping()) return close();
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(16 * 1024), then<&beast_connection::discard>());
    }

    static std::string date_now() {
        auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
        std::string text;
        append_timestamp(text, {static_cast<std::int64_t>(now.count()), 0}, timestamp_format::http_date);
        return text;
    }

    std::shared_ptr<beast_core> core_;
    beast::basic_stream<asio::ip::tcp, beast_executor> stream_;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, beast_executor> timer_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
    std::string head_; // of the response
    std::string body_;
    std::optional<connection_end> end_;
    bool keep_alive_ = true;
    bool unread_ = false; // the request was not read to its end
    bool idle_ = false;   // no byte of a request has come yet
    bool closed_ = false;
};

inline void beast_core::take(beast_socket socket) {
    auto const connection = std::make_shared<beast_connection>(shared_from_this(), std::move(socket));
    bool full = false; // as it was here: who makes room from now on accepts the next
    {
        std::lock_guard lock(mutex_);
        connections_.emplace(connection.get(), connection);
        full = full_ = connections_.size() >= config.connections;
    }
    run(connection->executor(), [connection] { connection->start(); });
    if (!full) accept();
}

inline void beast_core::each_connection(void (beast_connection::*what)()) {
    std::vector<std::shared_ptr<beast_connection>> all; // which may end, and leave, where this returns
    {
        std::lock_guard lock(mutex_);
        for (auto const& [key, weak] : connections_) {
            if (auto connection = weak.lock()) all.push_back(std::move(connection));
        }
    }
    for (auto const& connection : all) run(connection->executor(), [connection, what] { (connection.get()->*what)(); });
}

inline void beast_core::stop() {
    if (stopping_.exchange(true)) return;
    run(acceptor_.get_executor(), [self = shared_from_this()] {
        beast::error_code ignored;
        self->acceptor_.close(ignored);
        self->pause_.cancel();
    });
    each_connection(&beast_connection::close_if_idle);
    {
        std::unique_lock lock(mutex_);
        left_.wait_for(lock, config.stop_timeout, [this] { return connections_.empty(); });
    }
    each_connection(&beast_connection::close);
    for (auto& thread : threads_) thread.join();
    {
        std::lock_guard lock(mutex_);
        gone_ = true;
    }
    // What came after the last thread had nothing more to do.
    context.restart();
    context.poll();
}

} // namespace detail

/// A small HTTP/1.1 server on Boost.Beast, for tests, tools and small services: plain text on one port, with keep-alive,
/// pipelining, limits, time-outs and a graceful stop. It serves from the moment it is made to the moment it is stopped or
/// destroyed. Whatever a peer sends ends in an answer or the end of its connection.
///
///     parley::router<weather_service> router{...};
///     parley::beast_server server{std::ref(router), {.port = 8080}};
///     std::printf("listening at %s\n", server.url().c_str());
///
/// A handler is callable with a `request_view` or `http_request` and returns an `http_response` or an `http_reply`. Or it takes a
/// second argument, a function that it calls with either, once, at any time and from any thread; the request lives until then:
///
///     parley::router<weather_service, void> router{...};        // of handlers that take a `reply`
///
/// What a handler throws is answered with 500. With several threads, handlers are called from several at once.
class beast_server {
public:
    /// Throws boost::system::system_error if the address cannot be listened on.
    template <class Handler>
    explicit beast_server(Handler handler, beast_server_config config = {})
        : core_(std::make_shared<detail::beast_core>(erase(std::move(handler)), std::move(config))) {
        core_->start();
    }
    ~beast_server() { stop(); }
    beast_server(beast_server const&) = delete;
    beast_server& operator=(beast_server const&) = delete;

    std::uint16_t port() const noexcept { return core_->port(); }
    /// "http://127.0.0.1:8080", for a client's endpoint. A server of all addresses is on this machine's own as well.
    std::string url() const {
        auto const& address = core_->config.address;
        auto const host = address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "[::1]"
                          : address.find(':') != address.npos ? '[' + address + ']' : address;
        return "http://" + host + ':' + std::to_string(port());
    }

    /// Takes no further connection and request, waits for those that are being answered, no longer than `stop_timeout` but for
    /// handlers that do not return, and closes all connections. Not to be called from a handler.
    void stop() { core_->stop(); }

private:
    using respond = detail::beast_core::respond;

    template <class Handler>
    static detail::beast_core::handler erase(Handler handler) {
        if constexpr (std::invocable<Handler&, request_view const&, respond>) {
            return handler;
        } else if constexpr (std::invocable<Handler&, request_view const&>) {
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable { done(std::invoke(h, request)); };
        } else {
            static_assert(std::invocable<Handler&, http_request const&>,
                          "parley: the handler of a beast_server is callable with a parley::request_view or a parley::http_request, and "
                          "returns a parley::http_response or parley::http_reply or, callable with a second argument too, calls that with one");
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable {
                done(std::invoke(h, copy_of(request)));
            };
        }
    }

    std::shared_ptr<detail::beast_core> core_;
};

} // namespace parley

#endif
