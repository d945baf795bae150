// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_SIGV4_SIGNER_HPP
#define PARLEY_CREDENTIALS_SIGV4_SIGNER_HPP

#include <parley/auth/credentials.hpp>
#include <parley/auth/signing.hpp>
#include <parley/auth/sigv4.hpp>
#include <parley/core/config.hpp>

#include <memory>
#include <optional>

namespace parley::inline PARLEY_ABI {

/// Signs requests with SigV4 in their header fields, with the credentials that a provider gives for each attempt. Keeps the
/// keys it derives. Safe to use from many threads if the provider is; copies share what they keep. Where the options do not
/// say for which region and service, it is for those of the call.
///
///     parley::client client{{.aws = {.region = "eu-west-1"}, .sign = parley::sigv4_signer(credentials)}, transport};
class sigv4_signer {
public:
    sigv4_signer(any_credentials_provider provider, sigv4_options options = {});

    /// Fails if there are no credentials, or if they have expired by `context.time`; the error's condition says which. The provider is
    /// given the deadline and the stop token of the context.
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
