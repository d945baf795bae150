// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_BINDING_HPP
#define PARLEY_AWS_AWS_BINDING_HPP

#include <parley/aws/endpoint_context.hpp>
#include <parley/aws/endpoint_rules.hpp>
#include <parley/client/client.hpp>
#include <parley/exchange/request_decorator.hpp>

namespace parley::inline PARLEY_ABI::detail {

/// Adds the header fields that the AWS SDKs send: user agent, invocation id, and the number of the attempt.
extern request_decorator const aws_request_decorator;

/// The type-erased parts of an AWS operation.
struct aws_operation_vtable : operation_vtable {
    /// Reads the parameters of the service's endpoint rules from an input; null if the operation has none.
    endpoint_parameters (*endpoint_values)(void const* input) = nullptr;
};

/// Plans a call of an AWS operation: the endpoint comes from the rules of the service, the region, or `client_config::endpoint`.
/// `operation` must be an `aws_operation_vtable`.
call_plan plan_aws_call(client_core const& core, operation_vtable const& operation, call_options const& options,
                        void const* input);

template <class Op>
struct aws_binding {
    static constexpr request_decorator const& decorator = aws_request_decorator;

    static endpoint_parameters endpoint_values(void const* input) {
        return endpoint_parameters_of<Op>(*static_cast<typename Op::input const*>(input));
    }
    static constexpr aws_operation_vtable make() {
        aws_operation_vtable result{{table_of<Op>::value, protocol_of<Op>::type::client_side, &plan_aws_call}};
        if constexpr (requires { typename Op::endpoint; }) result.endpoint_values = &endpoint_values;
        return result;
    }
    static constexpr aws_operation_vtable operation = make();
};

} // namespace parley::detail

#endif
