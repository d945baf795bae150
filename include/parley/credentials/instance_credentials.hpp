// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

namespace parley::inline PARLEY_ABI {

/// The credentials of the role of an Amazon EC2 instance, from its metadata service: version 2, with a session token.
/// Version 1 is used where the service knows no tokens (it answers 403, 404 or 405) or where they do not arrive (the
/// request times out, as in a container that is a network hop away), unless that is forbidden.
///
/// What the environment says, or else the chosen profile:
/// - AWS_EC2_METADATA_DISABLED ("true"): not configured.
/// - AWS_EC2_METADATA_V1_DISABLED, ec2_metadata_v1_disabled ("true"): no version 1.
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT, ec2_metadata_service_endpoint: where the service is;
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE, ec2_metadata_service_endpoint_mode: "IPv4" or "IPv6", if it is where it
///   usually is.
/// - AWS_METADATA_SERVICE_TIMEOUT, metadata_service_timeout: seconds an attempt may take; default 1.
/// - AWS_METADATA_SERVICE_NUM_ATTEMPTS, metadata_service_num_attempts: default 1.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
struct instance_credentials {
    provider_environment from{};

    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
