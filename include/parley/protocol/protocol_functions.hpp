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

// Whether a `T` decoded from a `Message` can be used after the statement.
template <class T, class Message>
inline constexpr bool outlives_decoding =
    std::is_lvalue_reference_v<
        Message> || std::is_same_v<std::remove_cvref_t<Message>, response_view> || std::is_same_v<std::remove_cvref_t<Message>, request_view> || !borrows<T>;

} // namespace detail

/// The functions of a protocol over HTTP. Clients use `encode_request` and `decode_response`, servers use the others. They perform no
/// I/O.
///
/// @tparam Protocol The protocol, which derives from this class.
template <class Protocol>
struct protocol_functions {
    /// Encodes the HTTP request of an operation. Does not send it.
    ///
    /// @param input   The input of the operation.
    /// @param options Encoding options, such as the endpoint.
    /// @return The request, or all violations in the input: unsatisfied constraints, strings that are not UTF-8, and path labels that
    ///         are empty (Smithy, httpLabel) or result in a segment "." or ".." (removed by RFC 3986, section 6.2.2.3).
    ///
    ///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
    template <operation Op>
    static result<http_request> encode_request(typename Op::input const& input, encode_options const& options = {}) {
        return encode_request(detail::table_of<Op>::value, {&input}, options);
    }
    /// Overload for rvalues. Moves a blob or string that is the whole body into the request.
    template <operation Op>
    static result<http_request> encode_request(typename Op::input&& input, encode_options const& options = {}) {
        return encode_request(detail::table_of<Op>::value, {&input, true}, options);
    }

    /// Decodes the response of an operation.
    ///
    /// @param response The response, of any type that models `response_like`. The body of an rvalue is moved: see `response_traits`.
    /// @param options  Decoding options.
    /// @return The output of `Op`, or the error.
    template <operation Op, class Response>
    static result<typename Op::output, call_error<Op>>
    decode_response(Response&& response,
                    decode_options const& options = {}) requires response_like<std::remove_cvref_t<Response>> {
        static_assert(
            detail::outlives_decoding<typename Op::output, Response>,
            "parley: the output has views of a temporary response: keep the response in a variable, or make these members "
            "std::string");
        using decoded = result<typename Op::output, call_error<Op>>;
        return detail::read_response(std::forward<Response>(response), [&](response_view const& view) -> decoded {
            auto output = detail::access::make<typename Op::output>();
            detail::declared_error declared;
            auto report = Protocol::client_side.decode_response(detail::table_of<Op>::value, view, options, &output, declared);
            if (report.what == detail::response_report::kind::output) return output;
            return call_error<Op>(detail::make_call_error(std::move(report), std::move(declared), view));
        });
    }

    /// Returns true if the request matches `Op`. The host is ignored. `router` dispatches requests to many operations.
    template <operation Op, request_like Request>
    static bool matches(Request const& request) {
        return Protocol::server_side.route(std::array{&detail::table_of<Op>::value}, view_of(request), false)
            .position.has_value();
    }

    /// Decodes the input of `Op` from a request that `matches`.
    ///
    /// @param request The request, of any type that models `request_like`.
    /// @param options Decoding options. By default, unknown enumeration values are errors.
    /// @return The input, or all violations.
    template <operation Op, class Request>
    static result<typename Op::input>
    decode_request(Request&& request, decode_options const& options = {
                                          .reject_unknown_values = true}) requires request_like<std::remove_cvref_t<Request>> {
        static_assert(detail::outlives_decoding<typename Op::input, Request>,
                      "parley: the input has views of a temporary request: keep the request in a variable, or make these members "
                      "std::string");
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!Protocol::server_side.decode_request(detail::table_of<Op>::value, view_of(request), options, &input,
                                                  error.violations))
            return error;
        return input;
    }

    /// Encodes the response of an operation.
    ///
    /// @return The response, or all violations, such as strings that are not UTF-8.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output const& output) {
        return encode_response(detail::table_of<Op>::value, {&output});
    }
    /// Overload for rvalues. Moves a blob or string that is the whole body into the response.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output&& output) {
        return encode_response(detail::table_of<Op>::value, {&output, true});
    }

    /// Encodes the response for an error: its status, code and members.
    ///
    /// @return The response, or all violations, such as strings that are not UTF-8.
    template <class E>
    static result<http_response> encode_error(E const& error) {
        return encode_error_of({errors_by_code_or_status(), nullptr}, error);
    }
    /// Encodes the response for an error in the error scheme of the service of `Op`.
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
        data_error violations;
        if (!Protocol::server_side.encode_error(service, detail::error_entry_of<E>, &error, response, violations.violations))
            return violations;
        return response;
    }
};

} // namespace parley

#endif
