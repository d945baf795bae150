// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_ENDPOINT_CONTEXT_IPP
#define PARLEY_AWS_ENDPOINT_CONTEXT_IPP

#include <parley/aws/endpoint_context.hpp>

#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

[[gnu::cold]] void set_endpoint_parameter(endpoint_parameters& parameters, std::string_view name, jmespath_value const& found) {
    using kind = jmespath_value::kind;
    auto& parameter = parameters[std::string(name)];
    if (found.what == kind::text) {
        parameter = std::string(found.text);
    } else if (found.what == kind::boolean) {
        parameter = found.boolean;
    } else if (found.what == kind::list) {
        std::vector<std::string> texts;
        for (auto const& item : found.items) {
            if (item.what == kind::text) texts.emplace_back(item.text);
        }
        parameter = std::move(texts);
    } else {
        parameters.erase(std::string(name));
    }
}

} // namespace parley::detail

#endif
