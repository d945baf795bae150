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

/// Signs requests with SigV4 in the `authorization` header field. Calls the provider for each attempt and caches derived keys. Safe to
/// use from several threads if the provider is; copies share the cache. Region and service default to those of the call.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
///
/// @par Example
///     parley::client client{{.aws = {.region = "eu-west-1"}, .sign = parley::sigv4_signer(credentials)}, transport};
class sigv4_signer {
public:
    /// Creates a signer with an empty cache of keys.
    sigv4_signer(any_credentials_provider provider, sigv4_options options = {});

    /// Signs a request.
    ///
    /// @param request The request.
    /// @param context The time to sign for; its deadline and stop token are passed to the provider.
    /// @return `nullopt`, or an error if there are no credentials or they have expired by `context.time`.
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
