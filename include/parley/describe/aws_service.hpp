// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_AWS_SERVICE_HPP
#define PARLEY_DESCRIBE_AWS_SERVICE_HPP

#include <parley/core/version.hpp>

#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Properties of an AWS service. Operations of a service that declares them are sent with the headers of the AWS SDKs, to an
/// endpoint that depends on the region.
///
///     struct MedicalImaging {
///         static constexpr parley::aws_service aws{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};
///     };
struct aws_service {
    std::string_view sdk_id{};          ///< Service name in the AWS SDKs.
    std::string_view signing_name{};    ///< Service name in the scope of a signature.
    std::string_view endpoint_prefix{}; ///< Host name label before the region.
    std::string_view version{};         ///< API version.
    std::string_view target_prefix{};   ///< Prefix of the header `x-amz-target` in aws_json_1_0 and aws_json_1_1.
    std::string_view shape_namespace{}; ///< Smithy namespace; prefix of the error codes in aws_json_1_0.
    bool query_compatible = false;      ///< Errors keep their AWS Query codes.
    std::string_view endpoint_rules{};  ///< JSON of smithy.rules#endpointRuleSet; empty: the default rules.
};

} // namespace parley

#endif
