// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AWS_AWS_ENDPOINT_HPP
#define PARLEY_AWS_AWS_ENDPOINT_HPP

#include <parley/aws/endpoint_rules.hpp>
#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/describe/aws_service.hpp>
#include <parley/http/uri.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// What decides where a service of AWS is.
struct aws_endpoint_parameters {
    std::string_view region{};
    bool fips = false;
    bool dualstack = false;
    std::string_view endpoint{}; ///< of the user's own, or empty
    std::span<aws_partition const> partitions = aws_partitions();
    endpoint_parameters others{}; ///< of the service's rules, by their names: what an operation says beside
};

/// Where a service of AWS is, and for what it wants its requests signed.
struct aws_endpoint {
    endpoint_url url{};
    headers fields{}; ///< to be sent with each request
    std::string signing_region{};
    std::string signing_name{};
};

/// The endpoint of `service` by its rules, or, if it has none, by what is usual:
/// "https://medical-imaging.us-east-1.amazonaws.com". Fails without a region, with one that can be no part of a host name,
/// and for FIPS or dual-stack with an endpoint of the user's own. `rules` are those of the service if they are read already.
result<aws_endpoint, endpoint_error> resolve_aws_endpoint(aws_service const& service, aws_endpoint_parameters const& parameters,
                                                          endpoint_rules const* rules = nullptr);

/// The region to sign for: `region`, or what a region name of old that says FIPS itself stands for: "us-east-1" of
/// "fips-us-east-1".
std::string_view aws_signing_region(std::string_view region) noexcept;

} // namespace parley

#endif
