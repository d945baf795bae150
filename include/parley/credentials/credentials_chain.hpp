// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP
#define PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <vector>

namespace parley::inline PARLEY_ABI {

/// Asks providers in order. One that is not configured is passed over; the first other one decides, be it by an error. If
/// none is configured, the error has the reasons of all as its causes.
struct credentials_chain {
    std::vector<any_credentials_provider> providers{};

    credentials_result operator()(credentials_context const& context = {}) const;
};

/// The chain of the AWS SDKs: environment, profile, web identity, container, instance metadata. Asks nobody before it is
/// called.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
///
///     parley::curl_transport curl;
///     parley::cached_credentials credentials(parley::default_credentials({.send = parley::sender_of(std::ref(curl))}));
credentials_chain default_credentials(provider_environment const& from);

} // namespace parley

#endif
