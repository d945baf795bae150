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

/// Configuration of a `json_rpc_server`.
struct json_rpc_server_config {
    /// Options for messages and params. As for a router, the limit on values is lower than that of clients.
    decode_options decoding{.limits = {.values = 100'000}};
    std::size_t max_batch = 1000; ///< Largest accepted number of requests in a batch.

    /// Called for each response with the code "Internal error". `reason` is the text of the exception of a handler
    /// (`std::current_exception` returns it during the call), or why the result could not be encoded. Clients do not receive it.
    /// Exceptions of the function are ignored.
    std::function<void(json_rpc_request const& request, std::string_view reason)> on_internal_error{};
};

/// The result of a handler: the output, an error that the operation or its service declares, or a `json_rpc_error`.
template <operation Op>
class json_rpc_reply {
public:
    /// Output of the operation.
    using output = typename Op::output;
    /// `std::variant` of `json_rpc_error` and all declared errors.
    using error = boost::mp11::mp_append<std::variant<json_rpc_error>, detail::all_errors<Op>>;

    /// Stores an output.
    json_rpc_reply(output value) : state_(std::in_place_index<0>, std::move(value)) {}
    /// Stores an error.
    template <class E>
    json_rpc_reply(E failure) requires(boost::mp11::mp_contains<error, E>::value)
        : state_(std::in_place_index<1>, std::move(failure)) {}
    /// Stores the value or the error of a result.
    template <class E>
    json_rpc_reply(result<output, E> either) requires(boost::mp11::mp_contains<error, E>::value)
        : state_(std::in_place_index<0>, detail::access::make<output>()) {
        if (either) state_.template emplace<0>(*std::move(either));
        else state_.template emplace<1>(std::move(either).error());
    }

    /// Returns a pointer to the output, or null.
    output const* value() const noexcept { return std::get_if<0>(&state_); }
    /// Returns a pointer to the error, or null.
    error const* wrong() const noexcept { return std::get_if<1>(&state_); }

private:
    std::variant<output, error> state_;
};

/// An operation with its handler. Created by `serve`.
template <operation Op, class Handler>
struct json_rpc_method {
    using operation = Op; ///< The operation.
    Handler handler;      ///< The handler.
};

namespace detail {

template <class T>
struct argument_of_server {
    static constexpr bool is_method = false;
    static_assert(always_false<T>,
                  "parley: an argument of a JSON-RPC server must be a method: bind the handler to its operation, "
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
                  "parley: a handler must take the input of its operation: [](my_operation::input const& in) { ... }");

    static decltype(auto) call(Handler& handler, input& in) {
        if constexpr (takes_input) return handler(std::move(in));
        else return handler();
    }
    using returned = decltype(call(std::declval<Handler&>(), std::declval<input&>()));
    static constexpr bool returns_nothing = std::is_void_v<returned> && std::same_as<typename Op::output, unit>;
    static_assert(
        returns_nothing || std::convertible_to<returned, json_rpc_reply<Op>>,
        "parley: a handler must return the output of its operation (or void, if that is parley::unit), a declared error, "
        "a parley::json_rpc_error, a parley::result of the output and one of these, or a parley::json_rpc_reply");

    static json_rpc_reply<Op> reply(Handler& handler, input& in) {
        if constexpr (returns_nothing) return call(handler, in), unit();
        else return call(handler, in);
    }
};

/// The type-erased table of a method.
struct rpc_method {
    std::string_view name;
    /// Appends the response, unless the request is a notification. Returns false and appends to `errors` if encoding fails.
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
    void serve_message(std::string_view text, std::string& out) const;
    void serve_request(json_rpc_request const& request, std::string& out) const;
    bool call_method(json_rpc_request const& request, std::string& out, std::string& reason) const;
    void append_internal_error(json_rpc_request const& request, std::string_view reason, std::string& out) const;
};

/// Appends the response to a request with invalid params.
bool encode_invalid_params(std::vector<violation> const& violations, json_rpc_id const& id, std::string& out,
                           std::vector<violation>& errors);

template <class Methods, std::size_t I>
bool serve_method(void* methods, json_rpc_request const& request, decode_options const& options, std::string& out,
                  std::vector<violation>& errors) {
    auto& method = std::get<I>(*static_cast<Methods*>(methods));
    using op = typename std::tuple_element_t<I, Methods>::operation;
    using handler = rpc_handler_of<op, decltype(method.handler)>;
    auto input = access::make<typename op::input>();
    std::vector<violation> violations;
    std::pmr::monotonic_buffer_resource unescaped; // texts that views cannot borrow from the params
    auto decoding = options;
    if constexpr (borrows<typename op::input>) decoding.memory = &unescaped;
    bool const valid = rpc::decode_params(rpc_table_of<op>::value, request.params, decoding, &input, violations);
    if (!valid) return !request.id || encode_invalid_params(violations, *request.id, out, errors);
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
    static_assert(
        !duplicate,
        "parley: two operations of this server have the same name: serve each operation once, or give one of them another "
        "static constexpr std::string_view name");
};

} // namespace detail

/// Binds a handler to an operation, for a `json_rpc_server`.
///
/// The handler takes the input and returns a type that converts to `json_rpc_reply<Op>`. The response to an exception is an
/// "Internal error".
///
///     parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; })
///
/// @tparam Op The operation.
/// @return An argument for the constructor of `json_rpc_server`.
template <operation Op, class Handler>
json_rpc_method<Op, Handler> serve(Handler handler) {
    return {std::move(handler)};
}

/// A JSON-RPC 2.0 server: computes the response to each message. Performs no I/O.
///
/// Several threads may use it concurrently if they may call the handlers concurrently.
///
///     parley::json_rpc_server server{parley::serve<subtract>([](subtract::input const& in) { return *in.minuend - *in.subtrahend; }),
///                                    parley::serve<update>([&](update::input const& in) { level = in.level; })};
///     if (auto answer = server.handle(message)) connection.write(*answer);
template <class... Method>
class json_rpc_server {
    static_assert((detail::argument_of_server<Method>::is_method && ...));

public:
    /// Creates a server with the default configuration.
    explicit json_rpc_server(Method... methods) : json_rpc_server(json_rpc_server_config(), std::move(methods)...) {}
    /// Creates a server from results of `serve`.
    explicit json_rpc_server(json_rpc_server_config config, Method... methods)
        : config_(std::move(config)), methods_(std::move(methods)...) {}

    /// Serves a message: a request, a notification or a batch. The requests of a batch are served in order.
    ///
    /// The response to invalid messages is that of the specification. The response to a request whose handler throws is an
    /// "Internal error". If the memory for the responses is exhausted, the response to the whole message is an "Internal error" with a
    /// null id.
    ///
    /// @param message The message of the client.
    /// @return The response, or `nullopt` if the message contains only notifications.
    /// @throws std::bad_alloc if the memory for any response is exhausted. No request is served in this case.
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
