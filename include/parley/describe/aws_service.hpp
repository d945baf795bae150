// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_AWS_SERVICE_HPP
#define PARLEY_DESCRIBE_AWS_SERVICE_HPP

#include <parley/core/version.hpp>

#include <string_view>

namespace parley::inline PARLEY_ABI {

/// What is particular to a service of AWS. A service that has it gets the headers that AWS's clients send, and an endpoint
/// from its region:
///
///     struct MedicalImaging {
///         static constexpr parley::aws_service aws{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};
///     };
struct aws_service {
    std::string_view sdk_id{};          ///< the service's name in AWS's own SDKs
    std::string_view signing_name{};    ///< in the scope of signatures
    std::string_view endpoint_prefix{}; ///< before the region in the name of the host
    std::string_view version{};         ///< of the API
    std::string_view target_prefix{};   ///< of the header x-amz-target: aws_json_1_0 and aws_json_1_1
    std::string_view shape_namespace{}; ///< of its Smithy model: before the codes of errors in aws_json_1_0
    bool query_compatible = false;      ///< errors keep the codes that they had when the service spoke AWS Query
    std::string_view endpoint_rules{};  ///< smithy.rules#endpointRuleSet, JSON; empty: what is usual
};

} // namespace parley

#endif
