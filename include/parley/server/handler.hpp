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

template <class Op, class F>
struct operation_handler {
    F call;
};

/// Binds a handler to an operation, for a `router`. The handler is called with the input and, if it takes that, a
/// `call_context`, and returns what an `answer` is made of:
///
///     parley::handle<get_weather>([](get_weather::input const& in) { return weather{21.5}; })
///     parley::handle<get_weather>([&](get_weather::input in, parley::call_context const& c) -> parley::handler_result<get_weather> {...})
///
/// It may throw an error that the operation or its service declares; anything else that it throws is a failure of the server.
/// Where the router's own answers are awaitable, so may be the handler's; where they are given to a handler, the handler
/// takes a `reply` as its last argument, and may call it later and from anywhere:
///
///     parley::handle<get_weather>([&](get_weather::input in, parley::responder<get_weather> reply) { ... reply(weather{21.5}); })
template <class Op, class F>
operation_handler<Op, std::decay_t<F>> handle(F&& handler) {
    static_cast<void>(sizeof(detail::has_input_and_output<Op>));
    return {std::forward<F>(handler)};
}

/// Given to a router besides the handlers: operations that have none are answered with 501.
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

// `spent`: nobody looks at it after.
template <class Op>
void write_answer(server_call& call, handler_result<Op> const& what, bool spent = false) noexcept {
    if (what.what().valueless_by_exception()) return call.write_failure("the answer of the handler has no value");
    std::visit(
        [&call, spent]<class T>(T const& said) {
            if constexpr (std::is_same_v<T, typename Op::output>) {
                call.write_output({&said, spent});
            } else {
                call.write_error(error_entry_of<T>, &said);
            }
        },
        what.what());
}
template <class Op>
void write_answer(server_call& call, handler_result<Op>&& what) noexcept {
    write_answer<Op>(call, what, true);
}

template <class Reply, class Op, class F>
struct bound_handler;

} // namespace detail

/// Answers one call, from any thread; for handlers that take it. Copies answer the same call. If all of them are destroyed and none
/// was called, the peer gets a 500.
template <operation Op>
class responder {
public:
    /// Answers the call, unless it is answered already. An answer that cannot be encoded becomes a 500, and an exception of the
    /// function that takes the response is dropped.
    ///
    /// @throws Nothing, once its argument is made.
    void operator()(handler_result<Op> const& what) const noexcept {
        if (!call_->claim()) return;
        detail::write_answer<Op>(call_->call(), what);
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
        "parley: a handler is callable with the input of its operation, and a parley::call_context if it takes one. It "
        "returns the output or an error that is declared, or a parley::handler_result, result or variant of them. A router whose "
        "answers are awaitable takes an awaitable of that as well; one that is given a handler for its answers takes a "
        "handler with a parley::responder as its last argument");
};

template <class Op>
using input_of = typename Op::input;

// Calls a handler with what it takes.
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

// Void is an output that says nothing.
template <class Op, class T>
concept makes_answer =
    std::is_constructible_v<handler_result<Op>, T> ||(std::is_void_v<T>&& structure_of<typename Op::output>::members::count == 0);

template <class Op, class F>
handler_result<Op> answer_now(F& f, input_of<Op>&& input, call_context const& context) {
    using returned = returned_by<Op, F>;
    if constexpr (!makes_answer<Op, returned>) {
        return handler_does_not_fit<Op, F>(), access::make<handler_result<Op>>();
    } else if constexpr (std::is_void_v<returned>) {
        call_handler<Op>(f, std::move(input), context);
        return handler_result<Op>(access::make<typename Op::output>());
    } else {
        return handler_result<Op>(call_handler<Op>(f, std::move(input), context));
    }
}

// Calls a handler that answers at once. Writes its answer, or why there is none.
template <class Op, class F>
void answer_call(F& f, server_call& call) noexcept {
    try {
        auto input = access::make<typename Op::input>();
        if (call.read_input(input)) write_answer<Op>(call, answer_now<Op>(f, std::move(input), call.context()));
    } catch (...) { write_thrown<Op>(call); }
}

// A handler of any operation, and how it is called where a router returns a `Reply`: an http_response, nothing, or something
// awaitable. The call is answered whatever the handler throws; only an awaitable that cannot be made is an exception of the call.
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
        answer_call<Op>(f, call);
        return call.take();
    }
};

template <class Op, class F>
struct bound_handler<void, Op, F> : any_handler<void> {
    F f;
    explicit bound_handler(F&& handler) : f(std::move(handler)) {}

    static constexpr bool takes_reply =
        std::invocable<F&, input_of<Op>, call_context const&,
                       parley::responder<Op>> || std::invocable<F&, input_of<Op>, parley::responder<Op>>;

    void call(server_call call, std::function<void(http_response)> done) noexcept override {
        if constexpr (takes_reply) {
            if (call_later(call, done)) return;
        } else {
            answer_call<Op>(f, call);
        }
        pending_call::send_to(done, call);
    }

private:
    // False if `call` is answered, but not sent.
    bool call_later(server_call& call, std::function<void(http_response)>& done) noexcept {
        std::shared_ptr<pending_call> pending;
        try {
            auto input = access::make<typename Op::input>();
            if (!call.read_input(input)) return false;
            auto const context = call.context();
            pending = std::make_shared<pending_call>(std::move(call), std::move(done)); // moves them after it has the memory
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
            if constexpr (makes_answer<Op, returned>) {
                write_answer<Op>(call, answer_now<Op>(f, std::move(input), call.context()));
            } else if constexpr (!is_awaitable<returned>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else if constexpr (!makes_answer<Op, typename awaitable_traits<returned>::value_type>) {
                static_cast<void>(sizeof(handler_does_not_fit<Op, F>));
            } else {
                // The handler may take its arguments by reference: they live until it is done.
                auto const context = call.context();
                if constexpr (std::is_void_v<typename awaitable_traits<returned>::value_type>) {
                    co_await call_handler<Op>(f, std::move(input), context);
                    write_answer<Op>(call, access::make<typename Op::output>());
                } else {
                    write_answer<Op>(call, handler_result<Op>(co_await call_handler<Op>(f, std::move(input), context)));
                }
            }
        } catch (...) { write_thrown<Op>(call); }
        co_return call.take();
    }
};

} // namespace detail
} // namespace parley

#endif
