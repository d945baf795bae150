// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_PARTITION_IPP
#define PARLEY_AWS_AWS_PARTITION_IPP

#include <parley/aws/aws_partition.hpp>

namespace parley::inline PARLEY_ABI {

namespace detail::aws_impl {

inline constexpr aws_partition known_partitions[] = {
    {"aws-cn", "cn-", "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"},
    {"aws-us-gov", "us-gov-", "aws-us-gov-global", "amazonaws.com", "api.aws", "us-gov-west-1"},
    {"aws-iso-b", "us-isob-", "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"},
    {"aws-iso-f", "us-isof-", "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"},
    {"aws-iso", "us-iso-", "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"},
    {"aws-iso-e", "eu-isoe-", "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
    {"aws-eusc", "eusc-de-", "", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"},
    {"aws", "", "", "amazonaws.com", "api.aws", "us-east-1"},
};

// Returns whether the region belongs to the partition: the prefix, a word, and a number.
inline bool has_region(aws_partition const& partition, std::string_view region) noexcept {
    if (!partition.global.empty() && region == partition.global) return true;
    if (partition.region_prefix.empty() || !region.starts_with(partition.region_prefix)) return false;
    auto const rest = region.substr(partition.region_prefix.size());
    auto const dash = rest.find('-');
    if (dash == 0 || dash == rest.npos || dash + 1 == rest.size()) return false;
    for (char c : rest.substr(dash + 1)) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

} // namespace detail::aws_impl

std::span<aws_partition const> aws_partitions() noexcept { return detail::aws_impl::known_partitions; }

aws_partition const& partition_of(std::string_view region, std::span<aws_partition const> partitions) noexcept {
    for (auto const& partition : partitions) {
        if (detail::aws_impl::has_region(partition, region)) return partition;
    }
    return partitions.back();
}

} // namespace parley

#endif
