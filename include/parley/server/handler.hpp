// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_HANDLER_HPP
#define PARLEY_SERVER_HANDLER_HPP

#include <parley/core/awaitable_traits.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/protocol/operation_table.hpp>
#include <parley/server/handler_result.hpp>
#include <parley/server/server_call.hpp>

#include <array>
#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI {

/// A handler with its operation. Created by `handle`.
template <class Op, class F>
struct operation_handler {
    F call; ///< The handler.
};

/// Binds a handler to an operation, for a `router`.
///
/// The handler is called with the input and, optionally, a `call_context`. Its result must be convertible to `handler_result<Op>`:
///
///     parley::handle<get_weather>([](get_weather::input const& in) { return weather{21.5}; })
///     parley::handle<get_weather>([&](get_weather::input in, parley::call_context const& c) -> parley::handler_result<get_weather> {...})
///
/// A handler may throw an error that the operation or its service declares. The router responds to any other exception with status 500.
///
/// If the `Reply` of the router is an awaitable type, handlers may return awaitables. If it is `void`, a handler may take a `responder`
/// as its last argument, and call it later and from any thread:
///
///     parley::handle<get_weather>([&](get_weather::input in, parley::responder<get_weather> reply) { ... reply(weather{21.5}); })
///
/// @tparam Op The operation.
/// @param handler The function. A copy is stored.
/// @return An argument for the constructor of `router`.
template <class Op, class F>
operation_handler<Op, std::decay_t<F>> handle(F&& handler) {
    static_cast<void>(sizeof(detail::has_input_and_output<Op>));
    return {std::forward<F>(handler)};
}

/// Argument of the constructor of `router`: the router responds with status 501 to operations without a handler.
struct otherwise_not_implemented {};

namespace detail {

template <class Op, class E>
bool write_if_thrown(server_call& call) noexcept {
    try {
        throw;
    } catch (E const& error) {
        call.write_error(error_entry_of<E>, &error);
        return true;
    } catch (...) { return false; }
}

template <class Op, class Errors>
struct thrown_errors;
template <class Op, class... E>
struct thrown_errors<Op, errors<E...>> {
    static constexpr std::array<server_call::thrown_error, sizeof...(E)> value{&write_if_thrown<Op, E>...};
};

template <class Op>
void write_thrown(server_call& call) noexcept {
    call.write_thrown(thrown_errors<Op, all_errors<Op>>::value);
}

// `spent`: the result may be moved from.
template <class Op>
void write_result(server_call& call, handler_result<Op> const& result, bool spent = false) noexcept {
    if (result.what().valueless_by_exception()) return call.write_failure("the result of the handler has no value");
    std::visit(
        [&call, spent]<class T>(T const& value) {
            if constexpr (std::is_same_v<T, typename Op::output>) {
                call.write_output({&value, spent});
            } else {
                call.write_error(error_entry_of<T>, &value);
            }
        },
        result.what());
}
template <class Op>
void write_result(server_call& call, handler_result<Op>&& result) noexcept {
    write_result<Op>(call, result, true);
}

template <class Reply, class Op, class F>
struct bound_handler;

} // namespace detail

/// Sends the response to one call, from any thread. A handler may take a responder as its last argument: see `handle`.
///
/// Copies refer to the same call. If all copies are destroyed without being called, the client receives status 500.
template <operation Op>
class responder {
public:
    /// Sends the response. Does nothing if the response was already sent.
    ///
    /// A result that cannot be encoded becomes status 500. An exception of the function that receives the response is ignored.
    ///
    /// @throws Nothing. The conversion of the argument may throw.
    void operator()(handler_result<Op> const& result) const noexcept {
        if (!call_->claim()) return;
        detail::write_result<Op>(call_->call(), result);
        call_->send();
    }

private:
    template <class, class, class>
    friend struct detail::bound_handler;
    explicit responder(std::shared_ptr<detail::pending_call> call) noexcept : call_(std::move(call)) {}

    std::shared_ptr<detail::pending_call> call_;
};

namespace detail {

template <class Op, class F>
struct handler_does_not_fit {
    static_assert(
        always_false<Op, F>,
        "parley: a handler must be callable with the input of its operation and, optionally, a parley::call_context. It must "
        "return the output, a declared error, or a parley::handler_result, parley::result or std::variant of these. For a router "
        "with an awaitable reply, it may also return an awaitable of one of these; for a router with the reply void, it may "
        "take a parley::responder as its last argument");
};

template <class Op>
using input_of = typename Op::input;

// Calls a handler with the arguments that it accepts.
template <class Op, class F, class... More>
decltype(auto) call_handler(F& f, input_of<Op>&& input, call_context const& context, More&&... more) {
    if constexpr (std::invocable<F&, input_of<Op>, call_context const&, More...>)
        return std::invoke(f, std::move(input), context, std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>, More...>)
        return std::invoke(f, std::move(input), std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>&, call_context const&, More...>)
        return std::invoke(f, input, context, std::forward<More>(more)...);
    else if constexpr (std::invocable<F&, input_of<Op>&, More...>) return std::invoke(f, input, std::forward<More>(more)...);
    else return handler_does_not_fit<Op, F>();
}

template <class Op, class F>
using returned_by =
    decltype(call_handler<Op>(std::declval<F&>(), std::declval<input_of<Op>>(), std::declval<call_context const&>()));

// `void` is equivalent to an output without members.
template <class Op, class T>
concept convertible_to_result =
    std::is_constructible_v<handler_result<Op>, T> ||(std::is_void_v<T>&& structure_of<typename Op::output>::members::count == 0);

template <class Op, class F>
handler_result<Op> result_of_handler(F& f, input_of<Op>&& input, call_context const& context) {
    using returned = returned_by<Op, F>;
    if constexpr (!convertible_to_result<Op, returned>) {
        return handler_does_not_fit<Op, F>(), access::make<handler_result<Op>>();
    } else if constexpr (std::is_void_v<returned>) {
        call_handler<Op>(f, std::move(input), context);
        return handler_result<Op>(access::make<typename Op::output>());
    } else {
        return handler_result<Op>(call_handler<Op>(f, std::move(input), context));
    }
}

// Calls a synchronous handler and writes its result, or an error.
template <class Op, class F>
void serve_call(F& f, server_call& call) noexcept {
    try {
        auto input = access::make<typename Op::input>();
        if (call.read_input(input)) write_result<Op>(call, result_of_handler<Op>(f, std::move(input), call.context()));
    } catch (...) { write_thrown<Op>(call); }
}

// A type-erased handler for routers with the given `Reply`: `http_response`, `void` or an awaitable. Exceptions of the handler become
// responses. Only a failure to create an awaitable is thrown.
template <class Reply>
struct any_handler {
    any_handler() = default;
    any_handler(any_handler const&) = delete;
    any_handler& operator=(any_handler const&) = delete;
    virtual ~any_handler() = default;
    virtual Reply call(server_call& call) = 0;
};
template <>
struct any_handler<void> {
    any_handler() = default;
    any_handler(any_handler const&) = delete;
    any_handler& operator=(any_handler const&) = delete;
    virtual ~any_handler() = default;
    virtual void call(server_call call, std::function<void(http_response)> done) noexcept = 0;
};

template <class Op, class F>
struct bound_handler<http_response, Op, F> : any_handler<http_response> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    http_response call(server_call& call) override {
        serve_call<Op>(f, call);
        return call.take();
    }
};

template <class Op, class F>
struct bound_handler<void, Op, F> : any_handler<void> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    static constexpr bool takes_responder =
        std::invocable<F&, input_of<Op>, call_context const&,
                       parley::responder<Op>> || std::invocable<F&, input_of<Op>, parley::responder<Op>>;

    void call(server_call call, std::function<void(http_response)> done) noexcept override {
        if constexpr (takes_responder) {
            if (call_with_responder(call, done)) return;
        } else {
            serve_call<Op>(f, call);
        }
        pending_call::send_to(done, call);
    }

private:
    // Returns false if `call` has a response that is not sent.
    bool call_with_responder(server_call& call, std::function<void(http_response)>& done) noexcept {
        std::shared_ptr<pending_call> pending;
        try {
            auto input = access::make<typename Op::input>();
            if (!call.read_input(input)) return false;
            auto const context = call.context();
            pending = std::make_shared<pending_call>(std::move(call), std::move(done)); // does not move if the allocation fails
            call_handler<Op>(f, std::move(input), context, parley::responder<Op>(pending));
        } catch (...) {
            if (!pending) return write_thrown<Op>(call), false;
            if (!pending->claim()) return true;
            write_thrown<Op>(pending->call());
            pending->send();
        }
        return true;
    }
};

template <class T>
concept is_awaitable = requires {
    typename awaitable_traits<std::remove_cvref_t<T>>::value_type;
};

template <class Reply, class Op, class F>
struct bound_handler : any_handler<Reply> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    Reply call(server_call& call) override {
        using returned = returned_by<Op, F>;
        try {
            auto input = access::make<typename Op::input>();
            if (!call.read_input(input)) co_return call.take();
            if constexpr (convertible_to_result<Op, returned>) {
                write_result<Op>(call, result_of_handler<Op>(f, std::move(input), call.context()));
            } else if constexpr (!is_awaitable<returned>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else if constexpr (!convertible_to_result<Op, typename awaitable_traits<returned>::value_type>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else {
                // The handler may take its arguments by reference, so they live until it completes.
                auto const context = call.context();
                if constexpr (std::is_void_v<typename awaitable_traits<returned>::value_type>) {
                    co_await call_handler<Op>(f, std::move(input), context);
                    write_result<Op>(call, access::make<typename Op::output>());
                } else {
                    write_result<Op>(call, handler_result<Op>(co_await call_handler<Op>(f, std::move(input), context)));
                }
            }
        } catch (...) { write_thrown<Op>(call); }
        co_return call.take();
    }
};

} // namespace detail
} // namespace parley

#endif
