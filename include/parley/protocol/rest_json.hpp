// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_HPP
#define PARLEY_PROTOCOL_REST_JSON_HPP

#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/http/uri.hpp>
#include <parley/json/options.hpp>
#include <parley/protocol/operation_table.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// How a request is made.
struct encode_options {
    endpoint_url endpoint; ///< where it goes; its path is put before that of the operation
    bool host_prefix = true;
    /// `compatible` sends what the AWS SDK for JavaScript sends: nothing is checked but that labels have a value.
    parley::strictness strictness = parley::strictness::strict;
};

namespace detail {

/// What a response turned out to be.
struct response_report {
    enum class kind : std::uint8_t { output, declared, undeclared, undecodable };

    kind what = kind::output;
    int status = 0;
    std::string code;    // of an error
    std::string message; // of an error
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::vector<violation> violations; // why it cannot be decoded
    std::vector<violation> tolerated;  // what the strictness let pass
};

/// What a client's side of a protocol comes down to.
struct protocol_engine {
    bool (*encode_request)(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                           std::vector<violation>& errors);
    response_report (*decode_response)(operation_table const& op, response_view const& response,
                                       decode_options const& options, void* output, void* errors);
};

namespace rest_json {

bool encode_request(operation_table const& op, void const* input, encode_options const& options, http_request& out,
                    std::vector<violation>& errors);
/// `output` and `errors` (the variant of the call's error) are fresh; which of them is filled, the report says.
response_report decode_response(operation_table const& op, response_view const& response, decode_options const& options,
                                void* output, void* errors);
bool matches(operation_table const& op, std::string_view method, std::string_view target);
bool decode_request(operation_table const& op, http_request const& request, decode_options const& options, void* input,
                    std::vector<violation>& errors);
bool encode_response(operation_table const& op, void const* output, http_response& out, std::vector<violation>& errors);
bool encode_error(error_entry const& entry, void const* error, http_response& out, std::vector<violation>& errors);

} // namespace rest_json

http_response copy_of(response_view const& response);

// From what the engine found to what the user gets.
template <class Op>
call_error<Op> make_call_error(response_report&& report, typename call_error<Op>::variant&& what,
                               response_view const& response) {
    if (report.what == response_report::kind::declared) {
        return {std::move(what),
                error_details{std::move(report.code), std::move(report.message), report.fault, copy_of(response)}};
    }
    if (report.what == response_report::kind::undeclared) {
        undeclared_error e;
        e.message = std::move(report.message);
        e.sent = delivery::answered;
        e.code = std::move(report.code);
        e.fault = report.fault;
        e.response = copy_of(response);
        return e;
    }
    undecodable_response e;
    e.message = "status " + std::to_string(report.status) + ": " + data_error{report.violations}.message();
    e.sent = delivery::answered;
    e.violations = std::move(report.violations);
    e.code = std::move(report.code);
    e.response = copy_of(response);
    return e;
}

} // namespace detail

/// JSON over HTTP as AWS's restJson1 has it, and as most hand-made APIs do: members travel in the path, the query, headers
/// and a JSON body. Four functions, of which a client uses one pair and a server the other; none does any I/O.
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
struct rest_json {
    static constexpr detail::protocol_engine engine{&detail::rest_json::encode_request, &detail::rest_json::decode_response};

    /// Builds the HTTP request of `Op` from `input`. Sends nothing.
    ///
    /// Fails with all that is wrong with the input: violated constraints, labels that are empty (Smithy, httpLabel), texts
    /// that are not UTF-8.
    ///
    ///     auto request = parley::rest_json::encode_request<get_weather>({.city = "Ghent"});
    ///
    /// See `decode_response`.
    template <operation Op>
    static result<http_request> encode_request(typename Op::input const& input, encode_options const& options = {}) {
        http_request request;
        data_error error;
        if (!detail::rest_json::encode_request(detail::table_of<Op>::value, &input, options, request, error.violations))
            return error;
        return request;
    }

    /// Reads the output of `Op`, or the error, from a response of any type that is `response_like`.
    template <operation Op, response_like Response>
    static result<typename Op::output, call_error<Op>> decode_response(Response const& response,
                                                                       decode_options const& options = {}) {
        auto output = detail::access::make<typename Op::output>();
        typename call_error<Op>::variant errors;
        auto const view = view_of(response);
        auto report = detail::rest_json::decode_response(detail::table_of<Op>::value, view, options, &output, &errors);
        if (report.what == detail::response_report::kind::output) return output;
        return detail::make_call_error<Op>(std::move(report), std::move(errors), view);
    }

    /// True if method and target (path and query) are those of `Op`: what a server's routing asks.
    template <operation Op>
    static bool matches(std::string_view method, std::string_view target) {
        return detail::rest_json::matches(detail::table_of<Op>::value, method, target);
    }

    /// Reads the input of `Op` from a request that `matches`. Fails with all that is wrong with it.
    template <operation Op>
    static result<typename Op::input> decode_request(http_request const& request, decode_options const& options = {}) {
        auto input = detail::access::make<typename Op::input>();
        data_error error;
        if (!detail::rest_json::decode_request(detail::table_of<Op>::value, request, options, &input, error.violations))
            return error;
        return input;
    }

    /// Builds the response that says `output`.
    template <operation Op>
    static result<http_response> encode_response(typename Op::output const& output) {
        http_response response;
        data_error error;
        if (!detail::rest_json::encode_response(detail::table_of<Op>::value, &output, response, error.violations))
            return error;
        return response;
    }

    /// Builds the response that says `error`: its status, the header `x-amzn-errortype` and its members.
    template <class E>
    static result<http_response> encode_error(E const& error) {
        http_response response;
        data_error wrong;
        static constexpr auto entry = detail::make_error_entry<std::variant<std::monostate, E>, E>();
        if (!detail::rest_json::encode_error(entry, &error, response, wrong.violations)) return wrong;
        return response;
    }
};

} // namespace parley

#endif
