// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_ROUTER_HPP
#define PARLEY_SERVER_ROUTER_HPP

#include <parley/server/handler.hpp>
#include <parley/server/router_config.hpp>
#include <parley/server/server_table.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {

template <class Op>
struct operation_has_no_handler {
    static_assert(always_false<Op>,
                  "parley: the router has no handler for this operation: add parley::handle<operation>(...), or "
                  "parley::otherwise_not_implemented() to answer it with 501");
};
template <class Op>
struct operation_has_two_handlers {
    static_assert(always_false<Op>, "parley: the router has two handlers for this operation: remove one");
};
template <class Op>
struct operation_is_none_of_the_service {
    static_assert(always_false<Op>, "parley: this handler is for an operation that the service of the router does not have");
};

template <class T>
struct handled {
    using type = void;
};
template <class Op, class F>
struct handled<operation_handler<Op, F>> {
    using type = Op;
};

// No folds: clang 14 nests them no deeper than 256, and services have more operations.
template <class Operations, class... Handlers>
struct handlers_fit;
template <class... Op, class... Handlers>
struct handlers_fit<operations<Op...>, Handlers...> {
    using all = boost::mp11::mp_list<typename handled<Handlers>::type...>;
    static constexpr bool complete =
        !boost::mp11::mp_contains<boost::mp11::mp_list<Handlers...>, otherwise_not_implemented>::value;
    template <class One>
    static constexpr bool check_operation() {
        constexpr auto count = boost::mp11::mp_count<all, One>::value;
        if constexpr (count == 0 && complete) static_cast<void>(sizeof(operation_has_no_handler<One>));
        if constexpr (count > 1) static_cast<void>(sizeof(operation_has_two_handlers<One>));
        return true;
    }
    template <class One>
    static constexpr bool check_handler() {
        if constexpr (!std::is_void_v<One> && !boost::mp11::mp_contains<operations<Op...>, One>::value)
            static_cast<void>(sizeof(operation_is_none_of_the_service<One>));
        return true;
    }
    static constexpr bool operations_good[1 + sizeof...(Op)]{true, check_operation<Op>()...};
    static constexpr bool handlers_good[1 + sizeof...(Handlers)]{true, check_handler<typename handled<Handlers>::type>()...};
    static constexpr bool value = operations_good[0] && handlers_good[0];
};

template <class T>
using is_handler = std::bool_constant<std::is_same_v<T, otherwise_not_implemented> || !std::is_void_v<typename handled<T>::type>>;
template <class... T>
concept all_handlers = boost::mp11::mp_all<is_handler<T>...>::value;

} // namespace detail

/// The server's end of a service: gives requests of any HTTP stack to the handlers of its operations, and makes responses of
/// what they answer. `Service` is a service that lists its operations, or a `parley::operations<...>` itself. Has no thread, no
/// socket and no state between requests, so many threads may use it at once if they may call the handlers.
///
///     parley::router<weather_service> router{
///         parley::handle<get_weather>([&](get_weather::input const& in) { return weather{store.celsius(*in.city)}; }),
///         parley::handle<set_alarm>([&](set_alarm::input in) -> parley::handler_result<set_alarm> { ... })};
///     parley::http_response response = router(request);      // any type that is `request_like`
///
/// `Reply` is what a call of the router gives: an `http_response`; an awaitable of one, of the coroutine type that handlers may
/// then have; or `void`, for handlers that take a `reply`, and then the router takes a handler of the response:
///
///     router(request, [&](parley::http_response response) { ... });
///
/// The request must live until it is answered, and the router as well.
///
/// Which operation a request is for, Smithy's rules say: https://smithy.io/2.0/spec/http-bindings.html#specificity-routing.
/// Requests that are for none, too large, malformed or invalid are answered without the handlers: with 404
/// UnknownOperationException, 405 (and the header Allow), 406, 413, 414, 415, 431, 400 SerializationException or
/// ValidationException, which is the service's own where it declares one. What a handler throws that is no declared error
/// becomes 500 InternalFailure; its text goes to `router_config::observe` alone.
template <class Service, class Reply = http_response>
class router {
    using operations = typename detail::operations_of<Service>::type;
    using server = detail::server_of<operations>;
    using slot = std::unique_ptr<detail::any_handler<Reply>>;

public:
    template <class... Handlers>
    explicit router(router_config config, Handlers... handlers) requires(detail::all_handlers<Handlers...>)
        : config_(std::move(config)) {
        static_assert(detail::handlers_fit<operations, Handlers...>::value);
        using in_order = int[];
        static_cast<void>(in_order{0, (add(std::move(handlers)), 0)...});
    }
    template <class First, class... Handlers>
    explicit router(First first, Handlers... handlers) requires(detail::all_handlers<First, Handlers...>)
        : router(router_config(), std::move(first), std::move(handlers)...) {}

    router_config const& config() const noexcept { return config_; }

    /// Answers a request, whatever the handler or a function of the configuration throws: see `router_config`.
    ///
    /// @throws Nothing, if it returns a response. A router of coroutines throws what their type throws if no coroutine can be made.
    template <request_like Request>
    Reply operator()(Request const& request) const requires(!std::is_void_v<Reply>) {
        return answer(detail::server_call::of(server::table, config_, request));
    }

    /// Answers a request by calling `done` with the response, once, from where the handler replies. An exception that `done` throws is
    /// dropped.
    ///
    /// @throws Nothing.
    template <request_like Request, std::invocable<http_response> Done>
    void operator()(Request const& request, Done done) const noexcept requires std::is_void_v<Reply> {
        auto call = detail::server_call::of(server::table, config_, request);
        if (auto* const handler = find(call)) {
            try {
                std::function<void(http_response)> kept(
                    std::move_if_noexcept(done)); // leaves `done` as it is if there is no memory
                return handler->call(std::move(call), std::move(kept));
            } catch (...) { call.write_caught(); }
        }
        detail::pending_call::send_to(done, call);
    }

private:
    template <class Op, class F>
    void add(operation_handler<Op, F>&& handler) {
        slots_[server::template position_of<Op>()] =
            std::make_unique<detail::bound_handler<Reply, Op, F>>(std::move(handler.call));
    }
    void add(otherwise_not_implemented) {}

    // Null if the call is answered already.
    detail::any_handler<Reply>* find(detail::server_call& call) const noexcept {
        auto const position = call.route();
        if (!position) return nullptr;
        auto* const handler = slots_[*position].get();
        if (!handler) call.write_not_implemented();
        return handler;
    }

    http_response answer(detail::server_call call) const noexcept requires std::is_same_v<Reply, http_response> {
        auto* const handler = find(call);
        return handler ? handler->call(call) : call.take();
    }
    // The coroutine owns what it is given.
    Reply answer(detail::server_call call) const requires(!std::is_same_v<Reply, http_response> && !std::is_void_v<Reply>) {
        if (auto* const handler = find(call)) {
            try {
                co_return co_await handler->call(call);
            } catch (...) {
                call.write_caught(); // the handler's coroutine could not be made
            }
        }
        co_return call.take();
    }

    router_config config_;
    std::array<slot, server::count> slots_;
};

} // namespace parley

#endif
