// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>

namespace parley::inline PARLEY_ABI {

/// Provides the credentials of a container of Amazon ECS or EKS from AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
/// AWS_CONTAINER_CREDENTIALS_FULL_URI. The latter must use https or a local address; "localhost" is the only local host name. The
/// request carries the authorization token from the file AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, which is read each time, or else
/// from AWS_CONTAINER_AUTHORIZATION_TOKEN.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct container_credentials {
    provider_environment from{};             ///< transport, clock and environment
    std::chrono::milliseconds timeout{1000}; ///< limits each of three attempts

    /// Requests the credentials.
    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
