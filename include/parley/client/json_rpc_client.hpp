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

/// What a client of JSON-RPC is made with.
struct json_rpc_client_config {
    parley::strictness strictness = parley::strictness::strict;
    decode_limits limits{}; ///< of answers
    std::optional<std::chrono::milliseconds>
        timeout{};             ///< for a call; it is up to the transport to heed the deadline that it makes
    std::int64_t first_id = 1; ///< of the first call; those after it count on

    // For tests: what a client takes from its surroundings.
    std::function<std::chrono::steady_clock::time_point()> now{}; ///< default: the steady clock
    std::function<std::string()> uuid{}; ///< of idempotency tokens; default: random (RFC 9562, version 4)
};

/// What one call, or one batch, is made with besides its input.
struct json_rpc_call_options {
    std::stop_token stop{};                             ///< cancels the call
    std::optional<std::chrono::milliseconds> timeout{}; ///< instead of the client's
};

namespace detail {

template <class T>
inline constexpr bool is_json_rpc_part = false;
template <class Op>
inline constexpr bool is_json_rpc_part<call<Op>> = true;
template <class Op>
inline constexpr bool is_json_rpc_part<notification<Op>> = true;

// The coroutine type of an awaitable transport, yielding a `T`.
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
                  "parley: a batch is made of parley::call<Op>(input) and parley::notification<Op>(input)");
};

} // namespace detail

/// Calls operations by JSON-RPC 2.0 over a transport of plain messages, which is the user's own. Many threads may use it at once if
/// they may use the transport; its copies count the same ids.
///
///     parley::json_rpc_client rpc{[&](std::string_view message) { return connection.ask(message); }};
///     auto difference = rpc.send<subtract>({.minuend = 42, .subtrahend = 23});
///     auto told = rpc.notify<update>({.level = 3});
///     auto [a, b] = rpc.batch(parley::call<subtract>({.minuend = 2, .subtrahend = 1}), parley::notification<update>({.level = 4}));
///
/// What `send`, `notify` and `batch` return depends on the transport: the outcome or outcomes, or an awaitable of them. Where the
/// transport takes a handler, they do so as well, and the client must live until it is called.
///
/// Whatever the transport throws, or a member's type, or the allocator, ends the calls with a `transport_failure`. Only these are
/// thrown: by `send_all`, a `std::bad_alloc` before anything is sent; by any, what an output throws when it is made or moved, and
/// what the coroutine type throws. What a handler throws goes to whoever completed the transport; no handler is called twice.
template <class Transport>
class json_rpc_client {
    static_assert(
        message_transport<Transport>,
        "parley: a transport of messages is callable with a std::string_view or a parley::message const& and returns the "
        "answer, a std::string (or a parley::result of one), or an awaitable of either, or takes a completion handler "
        "as its second argument");
    static constexpr bool takes_handler = callback_message_transport<Transport>;

public:
    using options = json_rpc_call_options;

    explicit json_rpc_client(Transport transport) : json_rpc_client({}, std::forward<Transport>(transport)) {}
    json_rpc_client(json_rpc_client_config config, Transport transport)
        : config_(std::move(config)), transport_(std::forward<Transport>(transport)),
          next_id_(std::make_shared<std::atomic<std::int64_t>>(config_.first_id)) {}

    json_rpc_client_config const& config() const noexcept { return config_; }

    /// Makes a call. Returns its `outcome<Op>`.
    template <operation Op>
    auto send(typename Op::input const& input, options const& how = {}) requires(!takes_handler) {
        return run(single<call<Op>>(input), how, take_one<call<Op>>());
    }
    template <operation Op, std::invocable<outcome<Op>> Handler>
    void send(typename Op::input const& input, Handler handler, options const& how = {}) requires takes_handler {
        run(single<call<Op>>(input), how, take_one<call<Op>>(), std::move(handler));
    }

    /// Makes a call for each of the inputs, all by one message. Returns a vector of outcomes, in the order of the inputs. One that is not
    /// valid is not sent; the others are.
    template <operation Op>
    auto send_all(std::span<typename Op::input const> inputs, options const& how = {}) requires(!takes_handler) {
        auto take = take_all<call<Op>>(inputs.size());
        return run(many<call<Op>>(inputs), how, std::move(take));
    }
    template <operation Op, std::invocable<std::vector<outcome<Op>>> Handler>
    void send_all(std::span<typename Op::input const> inputs, Handler handler, options const& how = {}) requires takes_handler {
        auto take = take_all<call<Op>>(inputs.size());
        run(many<call<Op>>(inputs), how, std::move(take), std::move(handler));
    }

    /// Sends a notification. Returns an `outcome<notification<Op>>`, which has a value if it was sent.
    template <operation Op>
    auto notify(typename Op::input const& input, options const& how = {}) requires(!takes_handler) {
        return run(single<notification<Op>>(input), how, take_one<notification<Op>>());
    }
    template <operation Op, std::invocable<outcome<notification<Op>>> Handler>
    void notify(typename Op::input const& input, Handler handler, options const& how = {}) requires takes_handler {
        run(single<notification<Op>>(input), how, take_one<notification<Op>>(), std::move(handler));
    }

    /// Makes calls and notifications of several operations, all by one message. Returns a tuple of their outcomes, in the order of the
    /// parts. One whose input is not valid is not sent; the others are. Options may stand before the parts, and where the
    /// transport takes a handler, so does the one for the tuple.
    template <class... Part>
    auto batch(options const& how, Part const&... parts) requires(!takes_handler) {
        return run(several(parts...), how, take_each<Part...>(std::index_sequence_for<Part...>()));
    }
    template <class First, class... Part>
    auto batch(First const& first, Part const&... parts) requires(!takes_handler && !std::same_as<First, options>) {
        return batch(options(), first, parts...);
    }
    template <class Handler, class... Part>
    void batch(options const& how, Handler handler, Part const&... parts) requires takes_handler {
        run(several(parts...), how, take_each<Part...>(std::index_sequence_for<Part...>()), std::move(handler));
    }
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

    // What is made of an exchange that is over.
    template <class Part>
    static auto take_one() {
        return [](json_rpc_exchange const& over) { return over.take<Part>(0); };
    }
    template <class Part>
    struct all_taker {
        using outcomes = std::vector<decltype(std::declval<json_rpc_exchange const&>().template take<Part>(0))>;
        std::size_t count;
        outcomes all{};

        outcomes operator()(json_rpc_exchange const& over) {
            for (std::size_t i = 0; i < count; ++i) all.push_back(over.take<Part>(i));
            return std::move(all);
        }
    };
    // Has the memory for the outcomes before anything is sent.
    template <class Part>
    static all_taker<Part> take_all(std::size_t count) {
        all_taker<Part> taker{count};
        taker.all.reserve(count);
        return taker;
    }
    template <class... Part, std::size_t... I>
    static auto take_each(std::index_sequence<I...>) {
        return [](json_rpc_exchange const& over) { return std::make_tuple(over.take<Part>(I)...); };
    }

    message message_of(json_rpc_exchange const& exchange, options const& how) const {
        message m{exchange.message(), exchange.expects_answer(), std::nullopt, how.stop};
        auto const timeout = how.timeout ? how.timeout : config_.timeout;
        if (timeout) m.deadline = detail::add_time(config_.now ? config_.now() : std::chrono::steady_clock::now(), *timeout);
        return m;
    }
    // False if nothing is to be sent.
    static bool may_send(json_rpc_exchange& exchange, options const& how) {
        if (!exchange.has_message()) return false;
        if (!how.stop.stop_requested()) return true;
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
    // In a catch block: the transport has thrown.
    static void handle_thrown(json_rpc_exchange& exchange) noexcept {
        try {
            exchange.handle_transport_error(detail::transport_error_of_exception());
        } catch (...) { exchange.handle_exception(delivery::possibly_sent); }
    }

    template <class Take>
    auto run(json_rpc_exchange exchange, options const& how, Take take) {
        if constexpr (awaitable_message_transport<Transport>) {
            return run_awaitable(std::move(exchange), how, std::move(take));
        } else {
            if (may_send(exchange, how)) ask(exchange, how);
            return take(exchange);
        }
    }
    void ask(json_rpc_exchange& exchange, options const& how) noexcept {
        try {
            message const sent = message_of(exchange, how);
            std::optional<std::remove_cvref_t<detail::message_reply_of<Transport>>> reply;
            try {
                reply.emplace(transport_(sent));
            } catch (...) { handle_thrown(exchange); }
            if (reply) handle_reply(exchange, *std::move(reply));
        } catch (...) {
            exchange.handle_exception(delivery::not_sent); // there is no message
        }
    }

    template <class Take>
    using awaitable_of = detail::awaitable_message<Transport, std::invoke_result_t<Take&, json_rpc_exchange const&>>;

    // The coroutine owns what it is given; `send` itself is none, so that callers may pass temporaries.
    template <class Take>
    awaitable_of<Take> run_awaitable(json_rpc_exchange exchange, options how, Take take) {
        if (may_send(exchange, how)) {
            try {
                message const sent = message_of(exchange, how);
                std::optional<typename awaitable_traits<std::remove_cvref_t<detail::message_reply_of<Transport>>>::value_type>
                    reply;
                try {
                    reply.emplace(co_await transport_(sent));
                } catch (...) { handle_thrown(exchange); }
                if (reply) handle_reply(exchange, *std::move(reply));
            } catch (...) {
                exchange.handle_exception(delivery::not_sent); // there is no message
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
        Handler handler; // the last member: it is still the caller's if anything before it throws

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
    void run(json_rpc_exchange exchange, options const& how, Take take, Handler handler) {
        std::shared_ptr<callback_call<Take, Handler>> running;
        if (may_send(exchange, how)) {
            try {
                running = std::make_shared<callback_call<Take, Handler>>(std::move(exchange), message_of(exchange, how),
                                                                         std::move(take), std::move(handler));
            } catch (...) { exchange.handle_exception(delivery::not_sent); }
        }
        if (!running) return static_cast<void>(handler(take(exchange)));
        try {
            transport_(std::as_const(running->sent), [running](auto&& reply) {
                if (running->ended.exchange(true)) return; // a transport that answers twice
                handle_reply(running->exchange, std::forward<decltype(reply)>(reply));
                running->end();
            });
            return;
        } catch (...) {
            if (running->ended.exchange(true)) {
                if (running->handler_threw) throw;
                return; // a transport that throws after it has answered
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
