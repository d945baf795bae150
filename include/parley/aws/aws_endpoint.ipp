// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_ENDPOINT_IPP
#define PARLEY_AWS_AWS_ENDPOINT_IPP

#include <parley/aws/aws_endpoint.hpp>
#include <parley/core/detail/lower_case.hpp>

namespace parley::inline PARLEY_ABI {

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

result<aws_endpoint, endpoint_error> by_rules(endpoint_rules const& rules, std::string_view region, bool fips,
                                              aws_endpoint_parameters const& parameters) {
    auto given = parameters.others;
    auto const give = [&](std::string_view built_in, auto value) {
        if (auto const name = rules.parameter_for(built_in); !name.empty()) given[std::string(name)] = std::move(value);
    };
    if (!region.empty()) give("AWS::Region", std::string(region));
    give("AWS::UseFIPS", fips);
    give("AWS::UseDualStack", parameters.dualstack);
    if (!parameters.endpoint.empty()) give("SDK::Endpoint", std::string(parameters.endpoint));
    auto found = rules.resolve(given, parameters.partitions);
    if (!found) return std::move(found.error());
    auto url = url_of(found->url);
    if (!url) return std::move(url.error());
    return aws_endpoint{std::move(*url), std::move(found->fields), std::move(found->signing_region),
                        std::move(found->signing_name)};
}

result<endpoint_url, endpoint_error> as_usual(aws_service const& service, std::string_view region, bool fips,
                                              aws_endpoint_parameters const& parameters) {
    if (!parameters.endpoint.empty()) {
        if (fips) return endpoint_error{"FIPS and an endpoint of one's own do not go together"};
        if (parameters.dualstack) return endpoint_error{"dual-stack and an endpoint of one's own do not go together"};
        return url_of(parameters.endpoint);
    }
    auto const& partition = partition_of(region, parameters.partitions);
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".");
    url.host.append(detail::lower_case(region))
        .append(".")
        .append(parameters.dualstack ? partition.dualstack_dns_suffix : partition.dns_suffix);
    return url;
}

// By `rules`, or those that the service has, or by none.
result<aws_endpoint, endpoint_error> find_aws_endpoint(aws_service const& service, std::string_view region, bool fips,
                                                       aws_endpoint_parameters const& parameters, endpoint_rules const* rules) {
    if (rules) return by_rules(*rules, region, fips, parameters);
    if (!service.endpoint_rules.empty()) {
        auto const read = endpoint_rules::parse(service.endpoint_rules);
        if (!read) return read.error();
        return by_rules(*read, region, fips, parameters);
    }
    auto url = as_usual(service, region, fips, parameters);
    if (!url) return std::move(url.error());
    return aws_endpoint{std::move(*url)};
}

} // namespace

std::string_view aws_signing_region(std::string_view region) noexcept {
    bool fips = false;
    return real_region(region, fips);
}

[[gnu::cold]] result<aws_endpoint, endpoint_error>
resolve_aws_endpoint(aws_service const& service, aws_endpoint_parameters const& parameters, endpoint_rules const* rules) {
    bool fips = parameters.fips;
    auto const region = real_region(parameters.region, fips);
    if (parameters.endpoint.empty()) {
        bool const ruled = rules || !service.endpoint_rules.empty(); // whether a region is needed is for the rules to say
        if (region.empty() && !ruled) return endpoint_error{"the region is missing"};
        if (!region.empty() && region != "*" && !is_host_label(region))
            return endpoint_error{"the region can be no part of a host name"};
    }
    auto found = find_aws_endpoint(service, region, fips, parameters, rules);
    if (found && found->signing_region.empty()) found->signing_region = region;
    if (found && found->signing_name.empty()) found->signing_name = service.signing_name;
    return found;
}

} // namespace parley

#endif
