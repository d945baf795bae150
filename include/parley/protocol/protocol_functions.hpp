// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_PROTOCOL_FUNCTIONS_HPP
#define PARLEY_PROTOCOL_PROTOCOL_FUNCTIONS_HPP

#include <parley/core/result.hpp>
#include <parley/describe/borrows.hpp>
#include <parley/protocol/call_error.hpp>
#include <parley/protocol/protocol_engine.hpp>

#include <array>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {

// Whether views of the message that a `T` was read from may be used after that.
template <class T, class Message>
inline constexpr bool lives_on =
    std::is_lvalue_reference_v<
        Message> || std::is_same_v<std::remove_cvref_t<Message>, response_view> || std::is_same_v<std::remove_cvref_t<Message>, request_view> || !borrows<T>;

} // namespace detail

/// The functions of a protocol over HTTP, made from its engines. A client uses one pair, a server the others; none does any I/O.
template <class Protocol>
struct protocol_functions {
    /// Builds the HTTP request of `Op` from `input`. Sends nothing.
    ///
    /// Fails with all that is wrong with the input: violated constraints, labels of the path that are empty (Smithy, httpLabel) or make
    /// a segment "." or ".." (RFC 3986, section 6.2.2.3, removes them), texts that are not UTF-8.
    ///
    ///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
    ///
    /// See `decode_response`.
    template <operation Op>
    static result<http_request> encode_request(typename Op::input const& input, encode_options const& options = {}) {
        return encode_request(detail::table_of<Op>::value, {&input}, options);
    }
    /// The same of an input that is given away: a blob or text that is the whole body is moved there.
    template <operation Op>
    static result<http_request> encode_request(typename Op::input&& input, encode_options const& options = {}) {
        return encode_request(detail::table_of<Op>::value, {&input, true}, options);
    }

    /// Reads the output of `Op`, or the error, from a response of any type that is `response_like`. One that is given away gives
    /// up its body: see `response_traits`.
    template <operation Op, class Response>
    static result<typename Op::output, call_error<Op>>
    decode_response(Response&& response,
                    decode_options const& options = {}) requires response_like<std::remove_cvref_t<Response>> {
        static_assert(
            detail::lives_on<typename Op::output, Response>,
            "parley: the output has views of this response, which ends with the statement: keep the response in a variable, "
            "or make these members std::string");
        using decoded = result<typename Op::output, call_error<Op>>;
        return detail::read_response(std::forward<Response>(response), [&](response_view const& view) -> decoded {
            auto output = detail::access::make<typename Op::output>();
            detail::declared_error declared;
            auto report = Protocol::client_side.decode_response(detail::table_of<Op>::value, view, options, &output, declared);
            if (report.what == detail::response_report::kind::output) return output;
            return call_error<Op>(detail::make_call_error(std::move(report), std::move(declared), view));
        });
    }

    /// True if the request is one for `Op`, wherever it was sent: `router` tells many operations apart.
    template <operation Op, request_like Request>
    static bool matches(Request const& request) {
        return Protocol::server_side.route(std::array{&detail::table_of<Op>::value}, view_of(request), false)
            .position.has_value();
    }

    /// Reads the input of `Op` from a request of any type that `matches`. Fails with all that is wrong with it.
    template <operation Op, class Request>
    static result<typename Op::input>
    decode_request(Request&& request, decode_options const& options = {
                                          .reject_unknown_values = true}) requires request_like<std::remove_cvref_t<Request>> {
        static_assert(
            detail::lives_on<typename Op::input, Request>,
            "parley: the input has views of this request, which ends with the statement: keep the request in a variable, or "
            "make these members std::string");
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!Protocol::server_side.decode_request(detail::table_of<Op>::value, view_of(request), options, &input,
                                                  error.violations))
            return error;
        return input;
    }

    /// Builds the response that says `output`.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output const& output) {
        return encode_response(detail::table_of<Op>::value, {&output});
    }
    /// The same of an output that is given away: a blob or text that is the whole body is moved there.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output&& output) {
        return encode_response(detail::table_of<Op>::value, {&output, true});
    }

    /// Builds the response that says `error`: its status, its code and its members.
    template <class E>
    static result<http_response> encode_error(E const& error) {
        return encode_error_of({errors_by_code_or_status(), nullptr}, error);
    }
    /// The same by the error scheme of the service of `Op`.
    template <operation Op, class E>
    static result<http_response> encode_error(E const& error) {
        return encode_error_of({detail::scheme_of<Op>(), detail::aws_of<Op>()}, error);
    }

private:
    static result<http_request> encode_request(detail::operation_table const& op, detail::input_ref input,
                                               encode_options const& options) {
        http_request request;
        data_error error;
        if (!Protocol::client_side.encode_request(op, input, options.endpoint, options, request, error.violations)) return error;
        return request;
    }
    static result<http_response> encode_response(detail::operation_table const& op, detail::input_ref output) {
        http_response response;
        data_error error;
        if (!Protocol::server_side.encode_response(op, output, response, error.violations)) return error;
        return response;
    }
    template <class E>
    static result<http_response> encode_error_of(detail::service_facts const& service, E const& error) {
        http_response response;
        data_error wrong;
        if (!Protocol::server_side.encode_error(service, detail::error_entry_of<E>, &error, response, wrong.violations))
            return wrong;
        return response;
    }
};

} // namespace parley

#endif
