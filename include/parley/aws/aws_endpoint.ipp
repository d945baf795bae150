// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_ENDPOINT_IPP
#define PARLEY_AWS_AWS_ENDPOINT_IPP

#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/detail/lower_case.hpp>

namespace parley::inline PARLEY_ABI {

namespace detail::aws_impl {

// Removes the "fips" of legacy region names: "fips-us-east-1", "us-east-1-fips".
inline std::string_view real_region(std::string_view region, bool& fips) {
    if (!region.starts_with("fips-") && !region.ends_with("-fips")) return region;
    fips = true;
    if (region == "fips-aws-global" || region == "aws-fips") return "us-east-1";
    if (region.ends_with("-fips")) return region.substr(0, region.size() - 5);
    for (std::string_view const prefix : {"fips-dkr-", "fips-prod-", "fips-"}) {
        if (region.starts_with(prefix)) return region.substr(prefix.size());
    }
    return region;
}

inline result<endpoint_url, endpoint_error> url_of(std::string_view text) {
    auto url = parse_endpoint(text);
    if (!url) return endpoint_error{"invalid endpoint: expected https://host[:port][/path]"};
    return std::move(*url);
}

inline result<aws_endpoint, endpoint_error> resolve_by_rules(endpoint_rules const& rules, std::string_view region, bool fips,
                                                             aws_endpoint_parameters const& parameters) {
    auto values = parameters.others;
    auto const set = [&](std::string_view built_in, auto value) {
        if (auto const name = rules.parameter_for(built_in); !name.empty()) values[std::string(name)] = std::move(value);
    };
    if (!region.empty()) set("AWS::Region", std::string(region));
    set("AWS::UseFIPS", fips);
    set("AWS::UseDualStack", parameters.dualstack);
    if (!parameters.endpoint.empty()) set("SDK::Endpoint", std::string(parameters.endpoint));
    auto resolved = rules.resolve(values, parameters.partitions);
    if (!resolved) return std::move(resolved.error());
    auto url = url_of(resolved->url);
    if (!url) return std::move(url.error());
    return aws_endpoint{std::move(*url), std::move(resolved->fields), std::move(resolved->signing_region),
                        std::move(resolved->signing_name)};
}

inline result<endpoint_url, endpoint_error> usual_endpoint(aws_service const& service, std::string_view region, bool fips,
                                                           aws_endpoint_parameters const& parameters) {
    if (!parameters.endpoint.empty()) {
        if (fips) return endpoint_error{"FIPS cannot be combined with a custom endpoint"};
        if (parameters.dualstack) return endpoint_error{"dual-stack cannot be combined with a custom endpoint"};
        return url_of(parameters.endpoint);
    }
    auto const& partition = partition_of(region, parameters.partitions);
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".");
    url.host.append(lower_case(region))
        .append(".")
        .append(parameters.dualstack ? partition.dualstack_dns_suffix : partition.dns_suffix);
    return url;
}

// Uses `rules`, the rules of the service, or the usual pattern.
inline result<aws_endpoint, endpoint_error> find_aws_endpoint(aws_service const& service, std::string_view region, bool fips,
                                                              aws_endpoint_parameters const& parameters,
                                                              endpoint_rules const* rules) {
    if (rules) return resolve_by_rules(*rules, region, fips, parameters);
    if (!service.endpoint_rules.empty()) {
        auto const parsed = endpoint_rules::parse(service.endpoint_rules);
        if (!parsed) return parsed.error();
        return resolve_by_rules(*parsed, region, fips, parameters);
    }
    auto url = usual_endpoint(service, region, fips, parameters);
    if (!url) return std::move(url.error());
    return aws_endpoint{std::move(*url)};
}

} // namespace detail::aws_impl

std::string_view aws_signing_region(std::string_view region) noexcept {
    bool fips = false;
    return detail::aws_impl::real_region(region, fips);
}

[[gnu::cold]] result<aws_endpoint, endpoint_error>
resolve_aws_endpoint(aws_service const& service, aws_endpoint_parameters const& parameters, endpoint_rules const* rules) {
    bool fips = parameters.fips;
    auto const region = detail::aws_impl::real_region(parameters.region, fips);
    if (parameters.endpoint.empty()) {
        bool const has_rules = rules || !service.endpoint_rules.empty(); // rules decide whether a region is required
        if (region.empty() && !has_rules) return endpoint_error{"the region is missing"};
        if (!region.empty() && region != "*" && !is_host_label(region))
            return endpoint_error{"invalid region: expected a host label"};
    }
    auto endpoint = detail::aws_impl::find_aws_endpoint(service, region, fips, parameters, rules);
    if (endpoint && endpoint->signing_region.empty()) endpoint->signing_region = region;
    if (endpoint && endpoint->signing_name.empty()) endpoint->signing_name = service.signing_name;
    return endpoint;
}

} // namespace parley

#endif
