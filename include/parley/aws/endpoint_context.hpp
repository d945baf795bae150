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

/// Sets a parameter to what was found for it: a text, a boolean or a list of texts; nothing is set for anything else.
void set_endpoint_parameter(endpoint_parameters& parameters, std::string_view name, jmespath_value const& found);

template <class Input, fixed_string... Name, fixed_string... Path>
endpoint_parameters evaluate_endpoint_values(endpoint_values<endpoint_value<Name, Path>...>, Input const& input) {
    endpoint_parameters parameters;
    (set_endpoint_parameter(parameters, Name.view(), jmespath<Path, Input>::evaluate(input)), ...);
    return parameters;
}

/// What an operation that has `endpoint` says to the endpoint rules of its service, with this input.
template <class Op>
endpoint_parameters endpoint_parameters_of(typename Op::input const& input) {
    return evaluate_endpoint_values(typename Op::endpoint(), input);
}

} // namespace parley::detail

#endif
