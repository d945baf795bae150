// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_ENDPOINT_CONTEXT_HPP
#define PARLEY_AWS_ENDPOINT_CONTEXT_HPP

#include <parley/aws/endpoint_rules.hpp>
#include <parley/core/config.hpp>
#include <parley/describe/jmespath.hpp>
#include <parley/describe/operation.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Sets a parameter to a text, a boolean or a list of texts. Removes the parameter if the value is of another type.
void set_endpoint_parameter(endpoint_parameters& parameters, std::string_view name, jmespath_value const& value);

template <class Input, fixed_string... Name, fixed_string... Path>
endpoint_parameters evaluate_endpoint_values(endpoint_values<endpoint_value<Name, Path>...>, Input const& input) {
    endpoint_parameters parameters;
    (set_endpoint_parameter(parameters, Name.view(), jmespath<Path, Input>::evaluate(input)), ...);
    return parameters;
}

/// Evaluates the endpoint parameters of an operation with this input.
template <class Op>
endpoint_parameters endpoint_parameters_of(typename Op::input const& input) {
    return evaluate_endpoint_values(typename Op::endpoint(), input);
}

} // namespace parley::detail

#endif
