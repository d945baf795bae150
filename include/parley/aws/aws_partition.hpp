// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_PARTITION_HPP
#define PARLEY_AWS_AWS_PARTITION_HPP

#include <parley/core/config.hpp>

#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A part of AWS with regions and names of its own. https://smithy.io/2.0/aws/rules-engine/library-functions.html#awspartition
struct aws_partition {
    std::string_view name{};
    std::string_view region_prefix{}; ///< its regions are this, a word and a number: "us-gov-" has "us-gov-west-1"
    std::string_view global{};        ///< the name of its region that is none
    std::string_view dns_suffix{};
    std::string_view dualstack_dns_suffix{};
    std::string_view implicit_global_region{};
    bool supports_fips = true;
    bool supports_dualstack = true;
};

/// The partitions there are; the last is that of all other regions. A user who needs others gives a table of their own.
std::span<aws_partition const> aws_partitions() noexcept;

/// The partition of `region`; the last of `partitions` if none has it.
aws_partition const& partition_of(std::string_view region, std::span<aws_partition const> partitions) noexcept;

} // namespace parley

#endif
