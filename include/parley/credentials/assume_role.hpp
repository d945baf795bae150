// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_ASSUME_ROLE_HPP
#define PARLEY_CREDENTIALS_ASSUME_ROLE_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace parley::inline PARLEY_ABI {

/// A role and the options of the request to AWS STS for its credentials.
struct assumed_role {
    std::string arn{};                              ///< the ARN of the role
    std::string session_name{};                     ///< appears in AWS logs; default: "parley-" and the time
    std::string external_id{};                      ///< sent if the owner of the role requires one
    std::optional<std::chrono::seconds> duration{}; ///< the lifetime of the credentials; default: that of STS, an hour
    std::string region{};   ///< the region of STS; default: AWS_REGION, else AWS_DEFAULT_REGION, else "us-east-1"
    std::string endpoint{}; ///< default: AWS_ENDPOINT_URL_STS, else AWS_ENDPOINT_URL, else that of the region
    std::chrono::milliseconds timeout{10'000}; ///< limits each of three attempts
};

/// Provides the credentials of a role that the source credentials may assume.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct assume_role_credentials {
    provider_environment from{};       ///< transport, clock and environment
    assumed_role role{};               ///< the role
    any_credentials_provider source{}; ///< provides the credentials that sign the request

    /// Requests the credentials from AWS STS.
    credentials_result operator()(credentials_context const& context = {}) const;
};

/// Provides the credentials of a role that the holder of a web identity token may assume, for example a Kubernetes service account.
/// The token is read from a file each time. File, role and session name default to AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN and
/// AWS_ROLE_SESSION_NAME.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct web_identity_credentials {
    provider_environment from{}; ///< transport, clock and environment
    assumed_role role{};         ///< the role
    std::string token_file{};    ///< the path of the token

    /// Requests the credentials from AWS STS.
    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
