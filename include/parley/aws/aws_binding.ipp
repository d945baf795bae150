// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_BINDING_IPP
#define PARLEY_AWS_AWS_BINDING_IPP

#include <parley/aws/aws_binding.hpp>
#include <parley/aws/aws_endpoint_cache.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

request_decorator const aws_request_decorator{
    [](http_request& request, std::string_view user_agent, std::function<std::string()> const& uuid) {
        if (!user_agent.empty()) request.fields.set("x-amz-user-agent", user_agent);
        if (uuid) request.fields.set("amz-sdk-invocation-id", uuid());
    },
    [](http_request& request, int attempt, int max_attempts) {
        char text[64];
        auto* const end = std::end(text);
        auto* at = std::to_chars(std::ranges::copy(std::string_view("attempt="), text).out, end, attempt).ptr;
        at = std::to_chars(std::ranges::copy(std::string_view("; max="), at).out, end, max_attempts).ptr;
        request.fields.set("amz-sdk-request", {text, at});
    }};

call_plan plan_aws_call(client_core const& core, operation_vtable const& operation, call_options const& options,
                        void const* input) {
    auto const& config = core.config;
    auto const endpoint_values = static_cast<aws_operation_vtable const&>(operation).endpoint_values;
    auto& cache = core.extension.get<aws_endpoint_cache>();
    auto endpoint = cache.find(*operation.op.aws, {.region = config.aws.region,
                                                   .fips = config.aws.use_fips,
                                                   .dualstack = config.aws.use_dualstack,
                                                   .endpoint = endpoint_of(config),
                                                   .others = endpoint_values ? endpoint_values(input) : endpoint_parameters()});
    if (!endpoint) return failed_plan(std::move(endpoint.error().text));
    call_plan plan(config, options);
    auto const& resolved = **endpoint;
    plan.overrides.endpoint = &resolved.url;
    plan.overrides.fields = &resolved.fields;
    plan.overrides.signing_region = resolved.signing_region;
    plan.overrides.signing_name = resolved.signing_name;
    plan.overrides.decorator = &aws_request_decorator;
    plan.owner = *std::move(endpoint);
    return plan;
}

} // namespace parley::detail

#endif
