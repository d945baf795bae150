// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_BEAST_SERVER_HPP
#define PARLEY_TRANSPORT_BEAST_SERVER_HPP

#include <parley/http/request_view.hpp>
#include <parley/server/scripted_response.hpp>
#include <parley/transport/beast_server_config.hpp>
#include <parley/transport/detail/beast_connection.hpp>
#include <parley/transport/detail/beast_core.hpp>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// Adapts the requests of Boost.Beast: `router(request)` accepts them without a copy.
template <class Allocator>
struct request_traits<boost::beast::http::request<boost::beast::http::string_body, boost::beast::http::basic_fields<Allocator>>> {
    /// The type of the request.
    using request = boost::beast::http::request<boost::beast::http::string_body, boost::beast::http::basic_fields<Allocator>>;

    /// Returns the method.
    static std::string_view method(request const& r) { return text(r.method_string()); }
    /// Returns the target.
    static std::string_view target(request const& r) { return text(r.target()); }
    /// Returns the body.
    static std::string_view body(request const& r) { return r.body(); }
    /// Returns the value of a header field, or `nullopt`.
    static std::optional<std::string_view> header(request const& r, std::string_view name) {
        auto const found = r.find(boost::beast::string_view(name.data(), name.size()));
        return found == r.end() ? std::nullopt : std::optional(text(found->value()));
    }
    /// Calls `f(name, value)` for each header field.
    template <class F>
    static void each_header(request const& r, F&& f) {
        for (auto const& field : r) f(text(field.name_string()), text(field.value()));
    }

private:
    static std::string_view text(boost::beast::string_view s) { return {s.data(), s.size()}; }
};

/// An HTTP/1.1 server on Boost.Beast for tests, tools and small services: one port without TLS, with keep-alive, pipelining, limits,
/// time-outs and a graceful stop.
///
/// The server runs from its construction until `stop` or its destruction. Each request is answered or ends its connection. The
/// configuration bounds the memory that clients can make the server hold: see docs/server.md.
///
/// A handler is callable with a `request_view` or `http_request` and returns an `http_response` or a `scripted_response`. An
/// asynchronous handler takes a function as its second argument and calls it with the response once, at any time and from any
/// thread; the request lives until then. If a handler throws, the status is 500. With several threads, handlers are called
/// concurrently.
///
/// @par Example
///     parley::router<weather_service> router{...};
///     parley::beast_server server{std::ref(router), {.port = 8080}};
///     std::printf("listening at %s\n", server.url().c_str());
///
///     parley::router<weather_service, void> asynchronous{...}; // its handlers take a `responder`
class beast_server {
public:
    /// Starts the server.
    /// @throws boost::system::system_error if it cannot listen on the address.
    template <class Handler>
    explicit beast_server(Handler handler, beast_server_config config = {})
        : core_(std::make_shared<detail::beast_core>(erase(std::move(handler)), std::move(config))) {
        core_->start();
    }
    /// Stops the server; see `stop`.
    ~beast_server() { stop(); }
    beast_server(beast_server const&) = delete;
    beast_server& operator=(beast_server const&) = delete;

    /// Returns the port.
    std::uint16_t port() const noexcept { return core_->port(); }
    /// Returns a URL for the endpoint of a client: "http://127.0.0.1:8080". A server that listens on all addresses is reachable at the
    /// loopback address.
    std::string url() const {
        auto const& address = core_->config.address;
        auto const host = address == "0.0.0.0"                ? "127.0.0.1"
                          : address == "::"                   ? "[::1]"
                          : address.find(':') != address.npos ? '[' + address + ']'
                                                              : address;
        return "http://" + host + ':' + std::to_string(port());
    }

    /// Stops the server. Accepts no more connections and requests, waits up to `stop_timeout` for the responses to requests in progress,
    /// and closes all connections. Handlers that are running are waited for without a limit. Must not be called from a handler.
    void stop() { core_->stop(); }

private:
    using respond = detail::beast_core::respond;

    template <class Handler>
    static detail::beast_core::handler erase(Handler handler) {
        if constexpr (std::invocable<Handler&, request_view const&, respond>) {
            return handler;
        } else if constexpr (std::invocable<Handler&, request_view const&>) {
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable {
                done(std::invoke(h, request));
            };
        } else {
            static_assert(
                std::invocable<Handler&, http_request const&>,
                "parley: the handler of a beast_server must be callable with a parley::request_view or a parley::http_request "
                "and return a parley::http_response or parley::scripted_response, or take a function as its second argument and "
                "call it with one of these");
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable {
                done(std::invoke(h, copy_of(request)));
            };
        }
    }

    std::shared_ptr<detail::beast_core> core_;
};

} // namespace parley

#endif
