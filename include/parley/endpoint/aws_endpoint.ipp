// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_AWS_ENDPOINT_IPP
#define PARLEY_ENDPOINT_AWS_ENDPOINT_IPP

#include <parley/core/text.hpp>
#include <parley/endpoint/aws_endpoint.hpp>

namespace parley {

namespace {

// Region names of old say FIPS themselves: "fips-us-east-1", "us-east-1-fips".
std::string_view real_region(std::string_view region, bool& fips) {
    if (!region.starts_with("fips-") && !region.ends_with("-fips")) return region;
    fips = true;
    if (region == "fips-aws-global" || region == "aws-fips") return "us-east-1";
    if (region.ends_with("-fips")) return region.substr(0, region.size() - 5);
    for (std::string_view const prefix : {"fips-dkr-", "fips-prod-", "fips-"}) {
        if (region.starts_with(prefix)) return region.substr(prefix.size());
    }
    return region;
}

result<endpoint_url, endpoint_error> url_of(std::string_view text) {
    auto url = parse_endpoint(text);
    if (!url) return endpoint_error{"the endpoint is no address of the form https://host[:port][/path]"};
    return std::move(*url);
}

result<endpoint_url, endpoint_error> by_rules(std::string_view text, std::string_view region, bool fips,
                                              aws_endpoint_parameters const& parameters) {
    auto const rules = endpoint_rules::parse(text);
    if (!rules) return rules.error();
    endpoint_parameters given;
    auto const give = [&](std::string_view built_in, auto value) {
        if (auto const name = rules->parameter_for(built_in); !name.empty()) given[std::string(name)] = std::move(value);
    };
    if (!region.empty()) give("AWS::Region", std::string(region));
    give("AWS::UseFIPS", fips);
    give("AWS::UseDualStack", parameters.dualstack);
    if (!parameters.endpoint.empty()) give("SDK::Endpoint", std::string(parameters.endpoint));
    auto const found = rules->resolve(given, parameters.partitions);
    if (!found) return found.error();
    return url_of(found->url);
}

} // namespace

std::string_view aws_signing_region(std::string_view region) noexcept {
    bool fips = false;
    return real_region(region, fips);
}

result<endpoint_url, endpoint_error> resolve_aws_endpoint(aws_service const& service,
                                                          aws_endpoint_parameters const& parameters) {
    bool fips = parameters.fips;
    auto const region = real_region(parameters.region, fips);
    if (parameters.endpoint.empty()) {
        if (region.empty()) return endpoint_error{"the region is missing"};
        if (region != "*" && !is_host_label(region)) return endpoint_error{"the region can be no part of a host name"};
    }
    if (!service.endpoint_rules.empty()) return by_rules(service.endpoint_rules, region, fips, parameters);
    if (!parameters.endpoint.empty()) {
        if (fips) return endpoint_error{"FIPS and an endpoint of one's own do not go together"};
        if (parameters.dualstack) return endpoint_error{"dual-stack and an endpoint of one's own do not go together"};
        return url_of(parameters.endpoint);
    }
    auto const& partition = partition_of(region, parameters.partitions);
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".");
    for (char c : region) url.host += ascii_lower(c);
    url.host += '.';
    url.host.append(parameters.dualstack ? partition.dualstack_dns_suffix : partition.dns_suffix);
    return url;
}

} // namespace parley

#endif
