// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_JSON_RPC_CLIENT_HPP
#define PARLEY_CLIENT_JSON_RPC_CLIENT_HPP

#include <parley/client/message_transport.hpp>
#include <parley/client/random.hpp>
#include <parley/core/detail/add_time.hpp>
#include <parley/exchange/json_rpc_exchange.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Configuration of a `json_rpc_client`.
struct json_rpc_client_config {
    parley::strictness strictness = parley::strictness::strict; ///< overrides strictly messages are checked
    decode_limits limits{};                                     ///< the limits of what is decoded from a response
    std::optional<std::chrono::milliseconds> timeout{};         ///< for a call; the transport enforces the resulting deadline
    std::int64_t first_id = 1;                                  ///< the id of the first call; later ids count up

    // Replaced in tests.
    std::function<std::chrono::steady_clock::time_point()> now{}; ///< default: the steady clock
    std::function<std::string()> uuid{}; ///< makes idempotency tokens; default: random (RFC 9562, version 4)
};

/// Overrides for one call or batch.
struct json_rpc_call_options {
    std::stop_token stop{};                             ///< cancels the call
    std::optional<std::chrono::milliseconds> timeout{}; ///< replaces the time-out of the client
};

namespace detail {

template <class T>
inline constexpr bool is_json_rpc_part = false;
template <class Op>
inline constexpr bool is_json_rpc_part<call<Op>> = true;
template <class Op>
inline constexpr bool is_json_rpc_part<notification<Op>> = true;

// The coroutine type of an awaitable transport, with a `T` as its value.
template <class Transport, class T>
struct awaitable_message_of {
    using type = void;
};
template <awaitable_message_transport Transport, class T>
struct awaitable_message_of<Transport, T> {
    using type = typename awaitable_traits<std::remove_cvref_t<message_reply_of<Transport>>>::template rebind<T>;
};
template <class Transport, class T>
using awaitable_message = typename awaitable_message_of<Transport, T>::type;

template <class... Part>
struct batch_has_other_parts {
    static_assert((true && ... && is_json_rpc_part<Part>),
                  "parley: each part of a batch must be a parley::call<Op>(input) or a parley::notification<Op>(input)");
};

} // namespace detail

/// Calls operations with JSON-RPC 2.0 over a message transport. https://www.jsonrpc.org/specification
///
/// Several threads may use a client concurrently if they may use the transport concurrently. Copies share the counter of ids.
///
/// The result of `send`, `notify` and `batch` depends on the transport: the outcome or outcomes, or an awaitable of them. With a
/// callback transport, they take a handler, and the client must live until it is called.
///
/// An exception of the transport, of a member's type or of the allocator ends the calls with a `transport_failure`. The functions
/// throw only the following: `send_all`, `std::bad_alloc` before anything is sent; all of them, what the default constructor or move
/// of an output throws, and what the coroutine type throws. An exception of a handler goes to the code that completed the
/// transport. No handler is called twice.
///
/// @tparam Transport A type that models `parley::message_transport`.
///
/// @par Example
///     parley::json_rpc_client rpc{[&](std::string_view message) { return connection.ask(message); }};
///     auto difference = rpc.send<subtract>({.minuend = 42, .subtrahend = 23});
///     auto sent = rpc.notify<update>({.level = 3});
///     auto [a, b] = rpc.batch(parley::call<subtract>({.minuend = 2, .subtrahend = 1}), parley::notification<update>({.level = 4}));
template <class Transport>
class json_rpc_client {
    static_assert(
        message_transport<Transport>,
        "parley: a message transport must be callable with `std::string_view` or `parley::message const&` and return the "
        "response, a std::string (or a parley::result of one) or an awaitable of either, or take a completion handler as its "
        "second argument");
    static constexpr bool takes_handler = callback_message_transport<Transport>;

public:
    /// Overrides for one call or batch.
    using options = json_rpc_call_options;

    /// Creates a client with the default configuration.
    explicit json_rpc_client(Transport transport) : json_rpc_client({}, std::forward<Transport>(transport)) {}
    /// Creates a client that sends with `transport`.
    json_rpc_client(json_rpc_client_config config, Transport transport)
        : config_(std::move(config)), transport_(std::forward<Transport>(transport)),
          next_id_(std::make_shared<std::atomic<std::int64_t>>(config_.first_id)) {}

    /// Returns the configuration.
    json_rpc_client_config const& config() const noexcept { return config_; }

    /// Sends a call.
    /// @return The `outcome<Op>`, or an awaitable of it.
    template <operation Op>
    auto send(typename Op::input const& input, options const& overrides = {}) requires(!takes_handler) {
        return send_exchange(single<call<Op>>(input), overrides, take_one<call<Op>>());
    }
    /// Sends a call and passes its outcome to `handler`.
    template <operation Op, std::invocable<outcome<Op>> Handler>
    void send(typename Op::input const& input, Handler handler, options const& overrides = {}) requires takes_handler {
        send_callback(single<call<Op>>(input), overrides, take_one<call<Op>>(), std::move(handler));
    }

    /// Sends a call for each input, all in one batch. An invalid input is not sent; the others are.
    /// @return A vector of outcomes in the order of the inputs, or an awaitable of it.
    template <operation Op>
    auto send_all(std::span<typename Op::input const> inputs, options const& overrides = {}) requires(!takes_handler) {
        auto take = take_all<call<Op>>(inputs.size());
        return send_exchange(many<call<Op>>(inputs), overrides, std::move(take));
    }
    /// Sends a call for each input and passes the vector of outcomes to `handler`.
    template <operation Op, std::invocable<std::vector<outcome<Op>>> Handler>
    void send_all(std::span<typename Op::input const> inputs, Handler handler,
                  options const& overrides = {}) requires takes_handler {
        auto take = take_all<call<Op>>(inputs.size());
        send_callback(many<call<Op>>(inputs), overrides, std::move(take), std::move(handler));
    }

    /// Sends a notification.
    /// @return An `outcome<notification<Op>>`, which has a value if the notification was sent, or an awaitable of it.
    template <operation Op>
    auto notify(typename Op::input const& input, options const& overrides = {}) requires(!takes_handler) {
        return send_exchange(single<notification<Op>>(input), overrides, take_one<notification<Op>>());
    }
    /// Sends a notification and passes its outcome to `handler`.
    template <operation Op, std::invocable<outcome<notification<Op>>> Handler>
    void notify(typename Op::input const& input, Handler handler, options const& overrides = {}) requires takes_handler {
        send_callback(single<notification<Op>>(input), overrides, take_one<notification<Op>>(), std::move(handler));
    }

    /// Sends calls and notifications of several operations in one batch. A part with an invalid input is not sent; the others are.
    /// @param overrides Overrides for the batch.
    /// @param parts     A `call<Op>` or `notification<Op>` each.
    /// @return A tuple of outcomes in the order of the parts, or an awaitable of it.
    template <class... Part>
    auto batch(options const& overrides, Part const&... parts) requires(!takes_handler) {
        return send_exchange(several(parts...), overrides, take_each<Part...>(std::index_sequence_for<Part...>()));
    }
    /// Sends a batch without overrides.
    template <class First, class... Part>
    auto batch(First const& first, Part const&... parts) requires(!takes_handler && !std::same_as<First, options>) {
        return batch(options(), first, parts...);
    }
    /// Sends a batch and passes the tuple of outcomes to `handler`.
    template <class Handler, class... Part>
    void batch(options const& overrides, Handler handler, Part const&... parts) requires takes_handler {
        send_callback(several(parts...), overrides, take_each<Part...>(std::index_sequence_for<Part...>()), std::move(handler));
    }
    /// Sends a batch without overrides and passes the tuple of outcomes to `handler`.
    template <class Handler, class... Part>
    void batch(Handler handler, Part const&... parts) requires(takes_handler && !std::same_as<Handler, options>) {
        batch(options(), std::move(handler), parts...);
    }

private:
    json_rpc_exchange start(json_rpc_exchange::form form, std::size_t parts) noexcept {
        decode_options decoding;
        decoding.strictness = config_.strictness;
        decoding.limits = config_.limits;
        auto const first = next_id_->fetch_add(static_cast<std::int64_t>(parts));
        try {
            return json_rpc_exchange(form, first, decoding, config_.uuid ? config_.uuid : detail::random_uuid);
        } catch (...) {
            json_rpc_exchange failed(form, first, decoding);
            failed.handle_exception(delivery::not_sent);
            return failed;
        }
    }
    template <class Part>
    json_rpc_exchange single(typename Part::input const& input) {
        json_rpc_exchange exchange = start(json_rpc_exchange::form::single, 1);
        exchange.add<Part>(input);
        return exchange;
    }
    template <class Part>
    json_rpc_exchange many(std::span<typename Part::input const> inputs) {
        json_rpc_exchange exchange = start(json_rpc_exchange::form::batch, inputs.size());
        for (auto const& input : inputs) exchange.add<Part>(input);
        return exchange;
    }
    template <class... Part>
    json_rpc_exchange several(Part const&... parts) {
        static_cast<void>(sizeof(detail::batch_has_other_parts<Part...>));
        json_rpc_exchange exchange = start(json_rpc_exchange::form::batch, sizeof...(parts));
        (exchange.add<Part>(parts.value), ...);
        return exchange;
    }

    // Functions that take the outcomes of a finished exchange.
    template <class Part>
    static auto take_one() {
        return [](json_rpc_exchange const& finished) { return finished.take<Part>(0); };
    }
    template <class Part>
    struct all_taker {
        using outcomes = std::vector<decltype(std::declval<json_rpc_exchange const&>().template take<Part>(0))>;
        std::size_t count;
        outcomes all{};

        outcomes operator()(json_rpc_exchange const& finished) {
            for (std::size_t i = 0; i < count; ++i) all.push_back(finished.take<Part>(i));
            return std::move(all);
        }
    };
    // Reserves the memory for the outcomes before anything is sent.
    template <class Part>
    static all_taker<Part> take_all(std::size_t count) {
        all_taker<Part> taker{count};
        taker.all.reserve(count);
        return taker;
    }
    template <class... Part, std::size_t... I>
    static auto take_each(std::index_sequence<I...>) {
        return [](json_rpc_exchange const& finished) { return std::make_tuple(finished.take<Part>(I)...); };
    }

    message message_of(json_rpc_exchange const& exchange, options const& overrides) const {
        message m{exchange.message(), exchange.expects_answer(), std::nullopt, overrides.stop};
        auto const timeout = overrides.timeout ? overrides.timeout : config_.timeout;
        if (timeout) m.deadline = detail::add_time(config_.now ? config_.now() : std::chrono::steady_clock::now(), *timeout);
        return m;
    }
    // Returns false if there is nothing to send.
    static bool may_send(json_rpc_exchange& exchange, options const& overrides) {
        if (!exchange.has_message()) return false;
        if (!overrides.stop.stop_requested()) return true;
        exchange.cancel();
        return false;
    }
    template <class Reply>
    static void handle_reply(json_rpc_exchange& exchange, Reply&& reply) noexcept {
        try {
            if constexpr (std::same_as<std::remove_cvref_t<Reply>, std::string>)
                exchange.handle_answer(std::forward<Reply>(reply));
            else if constexpr (std::convertible_to<Reply const&, std::string_view>)
                exchange.handle_answer(std::string(std::string_view(reply)));
            else if (reply) handle_reply(exchange, *std::forward<Reply>(reply));
            else exchange.handle_transport_error(reply.error());
        } catch (...) { exchange.handle_exception(delivery::possibly_sent); }
    }
    // For a catch block: the transport threw.
    static void handle_thrown(json_rpc_exchange& exchange) noexcept {
        try {
            exchange.handle_transport_error(detail::transport_error_of_exception());
        } catch (...) { exchange.handle_exception(delivery::possibly_sent); }
    }

    template <class Take>
    auto send_exchange(json_rpc_exchange exchange, options const& overrides, Take take) {
        if constexpr (awaitable_message_transport<Transport>) {
            return send_awaitable(std::move(exchange), overrides, std::move(take));
        } else {
            if (may_send(exchange, overrides)) run_blocking(exchange, overrides);
            return take(exchange);
        }
    }
    void run_blocking(json_rpc_exchange& exchange, options const& overrides) noexcept {
        try {
            message const sent = message_of(exchange, overrides);
            std::optional<std::remove_cvref_t<detail::message_reply_of<Transport>>> reply;
            try {
                reply.emplace(transport_(sent));
            } catch (...) { handle_thrown(exchange); }
            if (reply) handle_reply(exchange, *std::move(reply));
        } catch (...) {
            exchange.handle_exception(delivery::not_sent); // the message could not be made
        }
    }

    template <class Take>
    using awaitable_of = detail::awaitable_message<Transport, std::invoke_result_t<Take&, json_rpc_exchange const&>>;

    // The coroutine owns its arguments; `send` is not a coroutine, so callers may pass temporaries.
    template <class Take>
    awaitable_of<Take> send_awaitable(json_rpc_exchange exchange, options overrides, Take take) {
        if (may_send(exchange, overrides)) {
            try {
                message const sent = message_of(exchange, overrides);
                std::optional<typename awaitable_traits<std::remove_cvref_t<detail::message_reply_of<Transport>>>::value_type>
                    reply;
                try {
                    reply.emplace(co_await transport_(sent));
                } catch (...) { handle_thrown(exchange); }
                if (reply) handle_reply(exchange, *std::move(reply));
            } catch (...) {
                exchange.handle_exception(delivery::not_sent); // the message could not be made
            }
        }
        co_return take(exchange);
    }

    template <class Take, class Handler>
    struct callback_call {
        json_rpc_exchange exchange;
        message sent;
        Take take;
        std::atomic<bool> ended{false};
        bool handler_threw = false;
        Handler handler; // the last member: if another one throws, the caller still has its handler

        callback_call(json_rpc_exchange&& e, message&& m, Take&& t, Handler&& h)
            : exchange(std::move(e)), sent(std::move(m)), take(std::move(t)), handler(std::move(h)) {}

        void end() {
            auto outcome = take(exchange);
            try {
                handler(std::move(outcome));
            } catch (...) {
                handler_threw = true;
                throw;
            }
        }
    };

    template <class Take, class Handler>
    void send_callback(json_rpc_exchange exchange, options const& overrides, Take take, Handler handler) {
        std::shared_ptr<callback_call<Take, Handler>> running;
        if (may_send(exchange, overrides)) {
            try {
                running = std::make_shared<callback_call<Take, Handler>>(std::move(exchange), message_of(exchange, overrides),
                                                                         std::move(take), std::move(handler));
            } catch (...) { exchange.handle_exception(delivery::not_sent); }
        }
        if (!running) return static_cast<void>(handler(take(exchange)));
        try {
            transport_(std::as_const(running->sent), [running](auto&& reply) {
                if (running->ended.exchange(true)) return; // the transport completed twice
                handle_reply(running->exchange, std::forward<decltype(reply)>(reply));
                running->end();
            });
            return;
        } catch (...) {
            if (running->ended.exchange(true)) {
                if (running->handler_threw) throw;
                return; // the transport threw after its completion
            }
            handle_thrown(running->exchange);
        }
        running->end();
    }

    json_rpc_client_config config_;
    Transport transport_;
    std::shared_ptr<std::atomic<std::int64_t>> next_id_;
};

} // namespace parley

#endif
