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

/// Parameters of `resolve_aws_endpoint`.
struct aws_endpoint_parameters {
    std::string_view region{};                                    ///< "us-east-1"
    bool fips = false;                                            ///< use the endpoint for FIPS 140
    bool dualstack = false;                                       ///< use the endpoint for IPv4 and IPv6
    std::string_view endpoint{};                                  ///< a custom endpoint, or empty
    std::span<aws_partition const> partitions = aws_partitions(); ///< the partitions of AWS
    endpoint_parameters others{};                                 ///< further parameters of the rules, by their names
};

/// The endpoint of an AWS service and the scope of its signatures.
struct aws_endpoint {
    endpoint_url url{};           ///< where requests are sent
    headers fields{};             ///< header fields that are added to each request
    std::string signing_region{}; ///< the region to sign for
    std::string signing_name{};   ///< the service to sign for
};

/// Resolves the endpoint of `service` with its rules, or with the usual pattern if it has none:
/// "https://medical-imaging.us-east-1.amazonaws.com".
///
/// @param service    The service.
/// @param parameters Region and options.
/// @param rules      The parsed rules of the service; null to parse them.
/// @return The endpoint. An error if the region is missing or is not a valid host label, or if FIPS or dual-stack is combined with a
///         custom endpoint.
result<aws_endpoint, endpoint_error> resolve_aws_endpoint(aws_service const& service, aws_endpoint_parameters const& parameters,
                                                          endpoint_rules const* rules = nullptr);

/// Returns the region to sign for: `region` without the "fips" of legacy names, "us-east-1" for "fips-us-east-1".
std::string_view aws_signing_region(std::string_view region) noexcept;

} // namespace parley

#endif
