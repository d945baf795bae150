// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CONTAINER_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>

namespace parley::inline PARLEY_ABI {

/// The credentials that Amazon ECS, EKS and others give a container, at AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or
/// AWS_CONTAINER_CREDENTIALS_FULL_URI. The latter is asked over TLS, or on the machine itself; of host names, "localhost"
/// alone counts as that. What AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE holds, else AWS_CONTAINER_AUTHORIZATION_TOKEN, is
/// sent along; the file is read each time.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
struct container_credentials {
    provider_environment from{};
    std::chrono::milliseconds timeout{1000}; ///< of an attempt; there are three

    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
