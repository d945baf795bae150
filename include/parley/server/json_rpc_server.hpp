// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_JSON_RPC_SERVER_HPP
#define PARLEY_SERVER_JSON_RPC_SERVER_HPP

#include <parley/core/config.hpp>
#include <parley/describe/key_index.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/unit.hpp>
#include <parley/protocol/json_rpc.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// What a server of JSON-RPC is made with.
struct json_rpc_server_config {
    decode_options decoding{
        .limits = {.values = 100'000}}; ///< of messages and params; fewer values than a client takes, as for a router
    std::size_t max_batch = 1000;       ///< requests in one message

    /// Told of each "Internal error" that is answered, and why: what a handler has thrown (which is being handled during the call:
    /// `std::current_exception`), or what could not be encoded. The peer is not told. What it throws itself is dropped.
    std::function<void(json_rpc_request const& request, std::string_view why)> on_internal_error{};
};

/// What a handler replies: the output, an error that the operation or its service declares, or a `json_rpc_error`; or a
/// `result` of the output and one of these.
template <operation Op>
class json_rpc_reply {
public:
    using output = typename Op::output;
    using error = boost::mp11::mp_append<std::variant<json_rpc_error>, detail::all_errors<Op>>;

    json_rpc_reply(output value) : state_(std::in_place_index<0>, std::move(value)) {}
    template <class E>
    json_rpc_reply(E wrong) requires(boost::mp11::mp_contains<error, E>::value)
        : state_(std::in_place_index<1>, std::move(wrong)) {}
    template <class E>
    json_rpc_reply(result<output, E> either) requires(boost::mp11::mp_contains<error, E>::value)
        : state_(std::in_place_index<0>, detail::access::make<output>()) {
        if (either) state_.template emplace<0>(*std::move(either));
        else state_.template emplace<1>(std::move(either).error());
    }

    /// The output, or null.
    output const* value() const noexcept { return std::get_if<0>(&state_); }
    /// The error, or null.
    error const* wrong() const noexcept { return std::get_if<1>(&state_); }

private:
    std::variant<output, error> state_;
};

/// An operation with the handler that serves it; made by `serve`.
template <operation Op, class Handler>
struct json_rpc_method {
    using operation = Op;
    Handler handler;
};

namespace detail {

template <class T>
struct argument_of_server {
    static constexpr bool is_method = false;
    static_assert(always_false<T>,
                  "parley: a JSON-RPC server is made of methods, and this is none: say which operation the handler serves, "
                  "parley::serve<my_operation>(handler)");
};
template <class Op, class Handler>
struct argument_of_server<json_rpc_method<Op, Handler>> {
    static constexpr bool is_method = true;
};

template <class Op, class Handler>
struct rpc_handler_of {
    using input = typename Op::input;
    static constexpr bool takes_input = std::invocable<Handler&, input&&>;
    static constexpr bool takes_nothing = !takes_input && std::invocable<Handler&> && std::same_as<input, unit>;
    static_assert(takes_input || takes_nothing,
                  "parley: a handler takes the input of its operation: [](my_operation::input const& in) { ... }");

    static decltype(auto) call(Handler& handler, input& in) {
        if constexpr (takes_input) return handler(std::move(in));
        else return handler();
    }
    using returned = decltype(call(std::declval<Handler&>(), std::declval<input&>()));
    static constexpr bool returns_nothing = std::is_void_v<returned> && std::same_as<typename Op::output, unit>;
    static_assert(returns_nothing || std::convertible_to<returned, json_rpc_reply<Op>>,
                  "parley: a handler returns the output of its operation (nothing, if that is a parley::unit), an error that the "
                  "operation declares, a parley::json_rpc_error, a parley::result of the output and one of these, or a "
                  "parley::json_rpc_reply of the operation, which can be all of them");

    static json_rpc_reply<Op> reply(Handler& handler, input& in) {
        if constexpr (returns_nothing) return call(handler, in), unit();
        else return call(handler, in);
    }
};

/// A method as the dispatcher knows it.
struct rpc_method {
    std::string_view name;
    /// Appends the answer, if the request wants one. False if it could not be encoded: then why is in `errors`.
    bool (*serve)(void* methods, json_rpc_request const& request, decode_options const& options, std::string& out,
                  std::vector<violation>& errors);
};

struct rpc_dispatcher {
    key_index names;
    std::span<rpc_method const> methods;
    json_rpc_server_config const& config;
    void* handlers;

    std::optional<std::string> dispatch(std::string_view text) const;

private:
    void answer_message(std::string_view text, std::string& out) const;
    void answer(json_rpc_request const& request, std::string& out) const;
    bool serve(json_rpc_request const& request, std::string& out, std::string& why_not) const;
    void answer_internal_error(json_rpc_request const& request, std::string_view why, std::string& out) const;
};

/// Appends the answer to a request whose params are wrong.
bool encode_invalid_params(std::vector<violation> const& wrong, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors);

template <class Methods, std::size_t I>
bool serve_method(void* methods, json_rpc_request const& request, decode_options const& options, std::string& out,
                  std::vector<violation>& errors) {
    auto& method = std::get<I>(*static_cast<Methods*>(methods));
    using op = typename std::tuple_element_t<I, Methods>::operation;
    using handler = rpc_handler_of<op, decltype(method.handler)>;
    auto input = access::make<typename op::input>();
    std::vector<violation> wrong;
    std::pmr::monotonic_buffer_resource unescaped; // what views cannot borrow from the params
    auto reading = options;
    if constexpr (borrows<typename op::input>) reading.memory = &unescaped;
    bool const valid = rpc::decode_params(rpc_table_of<op>::value, request.params, reading, &input, wrong);
    if (!valid) return !request.id || encode_invalid_params(wrong, *request.id, out, errors);
    auto const reply = handler::reply(method.handler, input);
    if (!request.id) return true;
    if (auto const* value = reply.value()) return rpc::encode_response(rpc_table_of<op>::value, value, *request.id, out, errors);
    return std::visit([&](auto const& error) { return rpc::encode_typed_error(error, *request.id, out, errors); },
                      *reply.wrong());
}

template <class... Op>
struct methods_have_the_same_name {
    static constexpr bool duplicate =
        make_key_table(std::array<std::string_view, sizeof...(Op)>{rpc_table_of<Op>::value.name...}).duplicate;
    static_assert(!duplicate,
                  "parley: two of the operations that this server serves have the same name: serve each once, or give "
                  "one another static constexpr std::string_view name");
};

} // namespace detail

/// Binds a handler to the operation it serves. The handler takes the input and returns the output (see `json_rpc_reply`); what
/// it throws is answered as an "Internal error".
///
///     parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; })
template <operation Op, class Handler>
json_rpc_method<Op, Handler> serve(Handler handler) {
    return {std::move(handler)};
}

/// The other end of JSON-RPC 2.0: turns each message into its answer. Does no I/O. Many threads may use it at once if they may use
/// the handlers.
///
///     parley::json_rpc_server server{parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; }),
///                                    parley::serve<update>([&](update::input const& in) { level = in.level; })};
///     if (auto answer = server.handle(message)) connection.write(*answer);
template <class... Method>
class json_rpc_server {
    static_assert((detail::argument_of_server<Method>::is_method && ...));

public:
    explicit json_rpc_server(Method... methods) : json_rpc_server(json_rpc_server_config(), std::move(methods)...) {}
    explicit json_rpc_server(json_rpc_server_config config, Method... methods)
        : config_(std::move(config)), methods_(std::move(methods)...) {}

    /// The answer to a request or a batch; nothing if there is none to send: to notifications. The requests of a batch are served in
    /// order. Whatever the message is, it is answered as the specification says. Whatever a handler throws, its request is answered with
    /// an "Internal error"; if there is no memory for the answers, that is the answer to the whole message, with a null id.
    ///
    /// @throws std::bad_alloc if there is no memory for that either, before any request is served.
    std::optional<std::string> handle(std::string_view message) {
        return detail::rpc_dispatcher{names.index(), table, config_, &methods_}.dispatch(message);
    }

private:
    using method_tuple = std::tuple<Method...>;
    static_assert(sizeof(detail::methods_have_the_same_name<typename Method::operation...>) > 0);

    static constexpr auto names = detail::make_key_table(
        std::array<std::string_view, sizeof...(Method)>{detail::rpc_table_of<typename Method::operation>::value.name...});
    template <std::size_t... I>
    static constexpr std::array<detail::rpc_method, sizeof...(Method)> make_table(std::index_sequence<I...>) {
        return {detail::rpc_method{detail::rpc_table_of<typename Method::operation>::value.name,
                                   &detail::serve_method<method_tuple, I>}...};
    }
    static constexpr auto table = make_table(std::index_sequence_for<Method...>());

    json_rpc_server_config config_;
    method_tuple methods_;
};

} // namespace parley

#endif
