// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_INSTANCE_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

namespace parley::inline PARLEY_ABI {

/// Provides the credentials of the role of an Amazon EC2 instance from the instance metadata service, version 2, which uses a session
/// token. Unless it is disabled, version 1 is used if the service has no tokens (status 403, 404 or 405) or if the token request times
/// out (as in a container behind an additional network hop).
///
/// Settings are environment variables, or else settings of the selected profile:
/// - AWS_EC2_METADATA_DISABLED ("true"): disables the provider.
/// - AWS_EC2_METADATA_V1_DISABLED, ec2_metadata_v1_disabled ("true"): disables version 1.
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT, ec2_metadata_service_endpoint: the endpoint of the service.
/// - AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE, ec2_metadata_service_endpoint_mode: selects the default endpoint, "IPv4" or "IPv6".
/// - AWS_METADATA_SERVICE_TIMEOUT, metadata_service_timeout: the time-out of an attempt in seconds; default 1.
/// - AWS_METADATA_SERVICE_NUM_ATTEMPTS, metadata_service_num_attempts: the number of attempts; default 1.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
struct instance_credentials {
    provider_environment from{}; ///< transport, files, clock and environment

    /// Requests the credentials.
    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
