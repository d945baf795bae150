// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_AWS_ENDPOINT_IPP
#define PARLEY_EXCHANGE_AWS_ENDPOINT_IPP

#include <parley/core/text.hpp>
#include <parley/exchange/aws_endpoint.hpp>

namespace parley {

namespace {

struct aws_partition {
    std::string_view region_prefix;
    std::string_view dns_suffix;
    std::string_view dualstack_dns_suffix; // empty: it has none
};

// https://github.com/smithy-lang/smithy, aws.partition: the last one is that of all other regions.
constexpr aws_partition partitions[] = {
    {"cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
    {"us-gov-", "amazonaws.com", "api.aws"},
    {"us-isob-", "sc2s.sgov.gov", "api.aws.scloud"},
    {"us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
    {"us-iso-", "c2s.ic.gov", "api.aws.ic.gov"},
    {"eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
    {"eusc-", "amazonaws.eu", "api.amazonwebservices.eu"},
    {"", "amazonaws.com", "api.aws"},
};

bool is_host_label(std::string_view text) {
    if (text == "*") return true;
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    for (char c : text) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
        if (!alphanumeric && c != '-') return false;
    }
    return true;
}

} // namespace

result<endpoint_url, endpoint_error> resolve_aws_endpoint(aws_service const& service,
                                                          aws_endpoint_parameters const& parameters) {
    if (!parameters.endpoint.empty()) {
        if (parameters.fips) return endpoint_error{"FIPS and an endpoint of one's own do not go together"};
        if (parameters.dualstack) return endpoint_error{"dual-stack and an endpoint of one's own do not go together"};
        auto url = parse_endpoint(parameters.endpoint);
        if (!url) return endpoint_error{"the endpoint is no address of the form https://host[:port][/path]"};
        return std::move(*url);
    }
    auto region = parameters.region;
    if (region.empty()) return endpoint_error{"the region is missing"};
    bool fips = parameters.fips;
    // Region names of old, which say FIPS themselves.
    if (region.starts_with("fips-")) region.remove_prefix(5), fips = true;
    else if (region.ends_with("-fips")) region.remove_suffix(5), fips = true;
    if (!is_host_label(region)) return endpoint_error{"the region can be no part of a host name"};
    aws_partition const* partition = partitions;
    while (!region.starts_with(partition->region_prefix)) ++partition;
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".").append(region).append(1, '.');
    url.host.append(parameters.dualstack ? partition->dualstack_dns_suffix : partition->dns_suffix);
    return url;
}

} // namespace parley

#endif
