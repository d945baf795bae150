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

/// A small HTTP/1.1 server on Boost.Beast, for tests, tools and small services: plain text on one port, with keep-alive,
/// pipelining, limits, time-outs and a graceful stop. It serves from the moment it is made to the moment it is stopped or
/// destroyed. Whatever a peer sends ends in an answer or the end of its connection. The memory that peers can make it hold is bounded
/// by its configuration: see docs/server.md.
///
///     parley::router<weather_service> router{...};
///     parley::beast_server server{std::ref(router), {.port = 8080}};
///     std::printf("listening at %s\n", server.url().c_str());
///
/// A handler is callable with a `request_view` or `http_request` and returns an `http_response` or an `scripted_response`. Or it takes a
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
        auto const host = address == "0.0.0.0"                ? "127.0.0.1"
                          : address == "::"                   ? "[::1]"
                          : address.find(':') != address.npos ? '[' + address + ']'
                                                              : address;
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
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable {
                done(std::invoke(h, request));
            };
        } else {
            static_assert(
                std::invocable<Handler&, http_request const&>,
                "parley: the handler of a beast_server is callable with a parley::request_view or a parley::http_request, and "
                "returns a parley::http_response or parley::scripted_response or, callable with a second argument too, calls "
                "that with one");
            return [h = std::move(handler)](request_view const& request, respond const& done) mutable {
                done(std::invoke(h, copy_of(request)));
            };
        }
    }

    std::shared_ptr<detail::beast_core> core_;
};

} // namespace parley

#endif
