// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP
#define PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <vector>

namespace parley::inline PARLEY_ABI {

/// Calls providers in order. Providers that are not configured are skipped; the first other one provides the credentials or the
/// error. If no provider is configured, the error has the errors of all as its causes.
struct credentials_chain {
    std::vector<any_credentials_provider> providers{}; ///< in the order in which they are called

    /// Returns the credentials of the first configured provider.
    credentials_result operator()(credentials_context const& context = {}) const;
};

/// Returns the provider chain of the AWS SDKs: environment, profile, web identity, container, instance metadata.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
///
/// @param from The transport and the environment of the providers.
///
/// @par Example
///     parley::curl_transport curl;
///     parley::cached_credentials credentials(parley::default_credentials({.send = parley::sender_of(std::ref(curl))}));
credentials_chain default_credentials(provider_environment const& from);

} // namespace parley

#endif
