// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_ENDPOINT_CONTEXT_IPP
#define PARLEY_AWS_ENDPOINT_CONTEXT_IPP

#include <parley/aws/endpoint_context.hpp>

#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

[[gnu::cold]] void set_endpoint_parameter(endpoint_parameters& parameters, std::string_view name, jmespath_value const& value) {
    using kind = jmespath_value::kind;
    auto& parameter = parameters[std::string(name)];
    if (value.what == kind::text) {
        parameter = std::string(value.text);
    } else if (value.what == kind::boolean) {
        parameter = value.boolean;
    } else if (value.what == kind::list) {
        std::vector<std::string> texts;
        for (auto const& item : value.items) {
            if (item.what == kind::text) texts.emplace_back(item.text);
        }
        parameter = std::move(texts);
    } else {
        parameters.erase(std::string(name));
    }
}

} // namespace parley::detail

#endif
