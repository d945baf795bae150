// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_PROFILE_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <string>

namespace parley::inline PARLEY_ABI {

/// Provides the credentials of a profile of the shared config and credentials files, which are read each time.
///
/// The profile is searched for, in this order: a role (`role_arn` with `source_profile`, `credential_source` or
/// `web_identity_token_file`, and `role_session_name`, `external_id`, `duration_seconds`, `region`), keys (`aws_access_key_id`,
/// `aws_secret_access_key`, `aws_session_token`), a command (`credential_process`). If the profile is the source of the role of another
/// profile, its keys take precedence over its role. Roles that need an MFA code and IAM Identity Center (SSO) are not supported and
/// are errors.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct profile_credentials {
    provider_environment from{}; ///< files, transport, clock and environment
    std::string profile{};       ///< the name of the profile; default: AWS_PROFILE, else "default"

    /// Reads the files and returns the credentials of the profile.
    credentials_result operator()(credentials_context const& context = {}) const;
};

} // namespace parley

#endif
