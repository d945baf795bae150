// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_AWS_ENDPOINT_IPP
#define PARLEY_EXCHANGE_AWS_ENDPOINT_IPP

#include <parley/core/text.hpp>
#include <parley/exchange/aws_endpoint.hpp>

namespace parley {

namespace {

struct aws_partition {
    std::string_view region_prefix;
    std::string_view global; // the name of its region that is none
    std::string_view dns_suffix;
    std::string_view dualstack_dns_suffix;
};

// https://github.com/smithy-lang/smithy, aws.partition: the last one is that of all other regions.
constexpr aws_partition partitions[] = {
    {"cn-", "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
    {"us-gov-", "aws-us-gov-global", "amazonaws.com", "api.aws"},
    {"us-isob-", "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud"},
    {"us-isof-", "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
    {"us-iso-", "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov"},
    {"eu-isoe-", "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
    {"eusc-de-", "", "amazonaws.eu", "api.amazonwebservices.eu"},
    {"", "", "amazonaws.com", "api.aws"},
};

// Whether the region is one of the partition: the prefix, a word, and a number.
bool is_in(aws_partition const& partition, std::string_view region) {
    if (partition.region_prefix.empty() || (!partition.global.empty() && region == partition.global)) return true;
    if (!region.starts_with(partition.region_prefix)) return false;
    auto const rest = region.substr(partition.region_prefix.size());
    auto const dash = rest.find('-');
    if (dash == 0 || dash == rest.npos || dash + 1 == rest.size()) return false;
    for (char c : rest.substr(dash + 1)) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

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

std::string_view aws_signing_region(std::string_view region) noexcept {
    bool fips = false;
    return real_region(region, fips);
}

result<endpoint_url, endpoint_error> resolve_aws_endpoint(aws_service const& service,
                                                          aws_endpoint_parameters const& parameters) {
    if (!parameters.endpoint.empty()) {
        if (parameters.fips) return endpoint_error{"FIPS and an endpoint of one's own do not go together"};
        if (parameters.dualstack) return endpoint_error{"dual-stack and an endpoint of one's own do not go together"};
        auto url = parse_endpoint(parameters.endpoint);
        if (!url) return endpoint_error{"the endpoint is no address of the form https://host[:port][/path]"};
        return std::move(*url);
    }
    if (parameters.region.empty()) return endpoint_error{"the region is missing"};
    bool fips = parameters.fips;
    auto const region = real_region(parameters.region, fips);
    if (!is_host_label(region)) return endpoint_error{"the region can be no part of a host name"};
    aws_partition const* partition = partitions;
    while (!is_in(*partition, region)) ++partition;
    endpoint_url url;
    url.scheme = "https";
    url.host.append(service.endpoint_prefix).append(fips ? "-fips." : ".");
    for (char c : region) url.host += ascii_lower(c);
    url.host += '.';
    url.host.append(parameters.dualstack ? partition->dualstack_dns_suffix : partition->dns_suffix);
    return url;
}

} // namespace parley

#endif
