// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_ANY_CALL_HPP
#define PARLEY_TESTS_SUPPORT_ANY_CALL_HPP

#include "params.hpp"

#include <parley/aws.hpp>
#include <parley/transport/loopback.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Calls operations by name, with inputs and outcomes as JSON. For test cases that are data. Each call uses a `parley::client`, as
/// a user does.
namespace any_call {

/// The server of the client.
using server =
    parley::loopback<std::function<parley::result<parley::http_response, parley::transport_error>(parley::http_request const&)>>;

enum class ending {
    not_called,
    output,
    declared_error,
    invalid_input,
    transport_failure,
    undeclared_error,
    undecodable_response
};

/// How a call ended.
struct result {
    std::vector<params::difference> unfit; ///< values that the type of the input cannot hold; no call is made then
    any_call::ending ending = ending::not_called;
    std::string error; ///< the name of the declared error
    std::string text;  ///< the text of any error
    std::string code, message;
    parley::fault fault = parley::fault::unspecified;
    std::string body;                          ///< the response body that the error contains
    std::vector<parley::violation> violations; ///< of the input or the response
    parley::call_metadata metadata;
    parley::shape const* type = nullptr; ///< of the output or the declared error
    std::shared_ptr<void> value;

    params::findings compare(boost::json::value const& expected, params::notation form) const {
        return params::compare(*type, value.get(), expected, form);
    }
};

/// The input of a call. If `data` is null, any valid input.
struct input {
    boost::json::value const* data = nullptr;
    params::notation form = params::notation::smithy;
};

struct operation {
    std::string_view name; ///< in the service
    result (*call)(parley::client_config const& config, server& peer, input const& in) = nullptr;
    /// Returns the values that the type of the output cannot hold.
    std::vector<params::difference> (*unfit_for_output)(boost::json::value const& data, params::notation form) = nullptr;
};

namespace detail {

template <class Op>
void keep(result& out, parley::call_error<Op> const& error) {
    out.text = error.text();
    out.code = error.code();
    out.message = error.message();
    out.fault = error.fault();
    if (auto const* response = error.response()) out.body = response->body;
    error.match([&out](parley::invalid_input const& e) { out.ending = ending::invalid_input, out.violations = e.violations; },
                [&out](parley::transport_failure const&) { out.ending = ending::transport_failure; },
                [&out](parley::undeclared_error const&) { out.ending = ending::undeclared_error; },
                [&out](parley::undecodable_response const& e) {
                    out.ending = ending::undecodable_response, out.violations = e.violations;
                },
                [&out]<class E>(E const& e) {
                    out.ending = ending::declared_error;
                    out.error = parley::detail::error_code_of<E>();
                    out.type = &parley::shape_of<E>;
                    out.value = std::make_shared<E>(e);
                });
}

template <class Op>
result call(parley::client_config const& config, server& peer, input const& in) {
    result out;
    auto value = parley::detail::access::make<typename Op::input>();
    if (in.data) out.unfit = params::fill(value, *in.data, in.form, params::purpose::input);
    else params::invent(value);
    if (!out.unfit.empty()) return out;
    parley::client client{config, std::ref(peer)};
    auto outcome = client.template send<Op>(value);
    out.metadata = outcome.metadata();
    if (outcome) {
        out.ending = ending::output;
        out.type = &parley::shape_of<typename Op::output>;
        out.value = std::make_shared<typename Op::output>(std::move(*outcome));
    } else {
        keep(out, outcome.error());
    }
    return out;
}

template <class Op>
std::vector<params::difference> unfit_for_output(boost::json::value const& data, params::notation form) {
    auto output = parley::detail::access::make<typename Op::output>();
    return params::fill(output, data, form, params::purpose::output);
}

} // namespace detail

template <class Op>
operation operation_of() {
    return {parley::detail::table_of<Op>::value.name, &detail::call<Op>, &detail::unfit_for_output<Op>};
}

} // namespace any_call

#endif
