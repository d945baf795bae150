// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

namespace parley::inline PARLEY_ABI {

/// Provides the credentials of the environment variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if they are temporary,
/// AWS_SESSION_TOKEN and AWS_CREDENTIAL_EXPIRATION (an RFC 3339 date). If only one key is set, the error is `invalid`.
/// https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
struct environment_credentials {
    provider_environment from{}; ///< provides the variables and the clock

    /// Reads the variables.
    credentials_result operator()() const;
};

} // namespace parley

#endif
