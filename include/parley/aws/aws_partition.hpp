// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_PARTITION_HPP
#define PARLEY_AWS_AWS_PARTITION_HPP

#include <parley/core/config.hpp>

#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A partition of AWS with its own regions and domain names. https://smithy.io/2.0/aws/rules-engine/library-functions.html#awspartition
struct aws_partition {
    std::string_view name{};                   ///< "aws-us-gov"
    std::string_view region_prefix{};          ///< precedes a word and a number: "us-gov-" for "us-gov-west-1"
    std::string_view global{};                 ///< the pseudo-region of global services: "aws-us-gov-global"
    std::string_view dns_suffix{};             ///< "amazonaws.com"
    std::string_view dualstack_dns_suffix{};   ///< "api.aws"
    std::string_view implicit_global_region{}; ///< the region that global services sign for
    bool supports_fips = true;                 ///< has endpoints for FIPS 140
    bool supports_dualstack = true;            ///< has endpoints for IPv4 and IPv6
};

/// Returns the known partitions. The last one has all regions that the others do not have. Pass another table to
/// `resolve_aws_endpoint` if you need other partitions.
std::span<aws_partition const> aws_partitions() noexcept;

/// Returns the partition of `region`; the last of `partitions` if no other one has it.
aws_partition const& partition_of(std::string_view region, std::span<aws_partition const> partitions) noexcept;

} // namespace parley

#endif
