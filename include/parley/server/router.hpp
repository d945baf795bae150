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
                  "parley::otherwise_not_implemented() to respond with status 501");
};
template <class Op>
struct operation_has_two_handlers {
    static_assert(always_false<Op>, "parley: the router has two handlers for this operation: remove one");
};
template <class Op>
struct operation_is_not_in_the_service {
    static_assert(always_false<Op>,
                  "parley: this handler is for an operation that the service of the router does not have: add it to "
                  "the operations of the service, or remove the handler");
};

template <class T>
struct handled {
    using type = void;
};
template <class Op, class F>
struct handled<operation_handler<Op, F>> {
    using type = Op;
};

// No fold expressions: clang 14 limits their nesting to 256, and some services have more operations.
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
            static_cast<void>(sizeof(operation_is_not_in_the_service<One>));
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

/// Dispatches requests of any HTTP stack to the handlers of a service and encodes their results as responses.
///
/// A router has no threads, sockets or state. Several threads may use it concurrently if they may call the handlers concurrently.
///
///     parley::router<weather_service> router{
///         parley::handle<get_weather>([&](get_weather::input const& in) { return weather{store.celsius(*in.city)}; }),
///         parley::handle<set_alarm>([&](set_alarm::input in) -> parley::handler_result<set_alarm> { ... })};
///     parley::http_response response = router(request);      // any type that is `request_like`
///
/// Request and router must outlive the call. With the reply `void`, the router is called with a function that receives the response:
///
///     router(request, [&](parley::http_response response) { ... });
///
/// Routing follows https://smithy.io/2.0/spec/http-bindings.html#specificity-routing. The router itself responds to
///
/// - unknown operations (404 UnknownOperationException) and methods (405, with the header field Allow),
/// - unsupported media types (406, 415),
/// - requests that exceed a limit of `router_config` (413, 414, 431),
/// - malformed requests (400 SerializationException),
/// - invalid inputs (400 ValidationException, with the type of the service if it declares one),
/// - exceptions that are not declared errors (500 InternalFailure; only `router_config::observe` receives the text).
///
/// @tparam Service A service that lists its operations, or a `parley::operations<...>`.
/// @tparam Reply   Result of a call of the router: `http_response`; an awaitable coroutine type with that result, which handlers may
///                 return as well; or `void` for handlers that may take a `responder`.
template <class Service, class Reply = http_response>
class router {
    using operations = typename detail::operations_of<Service>::type;
    using server = detail::server_of<operations>;
    using slot = std::unique_ptr<detail::any_handler<Reply>>;

public:
    /// Creates a router. Each operation needs exactly one handler, unless `otherwise_not_implemented` is passed.
    ///
    /// @param config   Limits and functions of the router.
    /// @param handlers Results of `handle`, in any order.
    template <class... Handlers>
    explicit router(router_config config, Handlers... handlers) requires(detail::all_handlers<Handlers...>)
        : config_(std::move(config)) {
        static_assert(detail::handlers_fit<operations, Handlers...>::value);
        using in_order = int[];
        static_cast<void>(in_order{0, (add(std::move(handlers)), 0)...});
    }
    /// Creates a router with the default configuration.
    template <class First, class... Handlers>
    explicit router(First first, Handlers... handlers) requires(detail::all_handlers<First, Handlers...>)
        : router(router_config(), std::move(first), std::move(handlers)...) {}

    /// Returns the configuration.
    router_config const& config() const noexcept { return config_; }

    /// Returns the response to a request, or an awaitable of it. Exceptions of handlers and functions of the configuration do not
    /// propagate: see `router_config`.
    ///
    /// @throws Nothing if `Reply` is `http_response`. Otherwise, exceptions of the coroutine type when a coroutine cannot be created.
    template <request_like Request>
    Reply operator()(Request const& request) const requires(!std::is_void_v<Reply>) {
        return respond(detail::server_call::of(server::table, config_, request));
    }

    /// Calls `done` with the response to a request, exactly once, on the thread that calls the responder. Exceptions of `done` are
    /// ignored.
    ///
    /// @throws Nothing.
    template <request_like Request, std::invocable<http_response> Done>
    void operator()(Request const& request, Done done) const noexcept requires std::is_void_v<Reply> {
        auto call = detail::server_call::of(server::table, config_, request);
        if (auto* const handler = find(call)) {
            try {
                // Does not modify `done` if the allocation fails.
                std::function<void(http_response)> function(std::move_if_noexcept(done));
                return handler->call(std::move(call), std::move(function));
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

    // Returns null if the call already has a response.
    detail::any_handler<Reply>* find(detail::server_call& call) const noexcept {
        auto const position = call.route();
        if (!position) return nullptr;
        auto* const handler = slots_[*position].get();
        if (!handler) call.write_not_implemented();
        return handler;
    }

    http_response respond(detail::server_call call) const noexcept requires std::is_same_v<Reply, http_response> {
        auto* const handler = find(call);
        return handler ? handler->call(call) : call.take();
    }
    // The coroutine owns its argument.
    Reply respond(detail::server_call call) const requires(!std::is_same_v<Reply, http_response> && !std::is_void_v<Reply>) {
        if (auto* const handler = find(call)) {
            try {
                co_return co_await handler->call(call);
            } catch (...) {
                call.write_caught(); // the coroutine of the handler could not be created
            }
        }
        co_return call.take();
    }

    router_config config_;
    std::array<slot, server::count> slots_;
};

} // namespace parley

#endif
