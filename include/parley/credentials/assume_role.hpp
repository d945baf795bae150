// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_ASSUME_ROLE_HPP
#define PARLEY_CREDENTIALS_ASSUME_ROLE_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace parley::inline PARLEY_ABI {

/// A role, and how AWS STS is asked for its credentials.
struct assumed_role {
    std::string arn{};
    std::string session_name{};                     ///< shows up in logs of AWS; empty: "parley-" and the time
    std::string external_id{};                      ///< what the role's owner may ask for
    std::optional<std::chrono::seconds> duration{}; ///< how long the credentials shall be valid; default: STS's, an hour
    std::string region{};   ///< of the STS to ask; empty: AWS_REGION, else AWS_DEFAULT_REGION, else "us-east-1"
    std::string endpoint{}; ///< empty: AWS_ENDPOINT_URL_STS, else AWS_ENDPOINT_URL, else the region's
    std::chrono::milliseconds timeout{10'000}; ///< of an attempt; there are three
};

/// The credentials of a role that other credentials may assume.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct assume_role_credentials {
    provider_environment from{};
    assumed_role role{};
    any_credentials_provider source{};

    credentials_result operator()(credentials_context const& context = {}) const;
};

/// The credentials of a role that the holder of a web identity token may assume: of a service account of Kubernetes, for
/// example. The token is in a file, which is read each time. Without a file or role, AWS_WEB_IDENTITY_TOKEN_FILE,
/// AWS_ROLE_ARN and AWS_ROLE_SESSION_NAME say them.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct web_identity_credentials {
    provider_environment from{};
    assumed_role role{};
    std::string token_file{};

    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
