// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_IPP
#define PARLEY_CREDENTIALS_CREDENTIALS_CHAIN_IPP

#include <parley/credentials/assume_role.hpp>
#include <parley/credentials/container_credentials.hpp>
#include <parley/credentials/credentials_chain.hpp>
#include <parley/credentials/environment_credentials.hpp>
#include <parley/credentials/instance_credentials.hpp>
#include <parley/credentials/profile_credentials.hpp>

#include <utility>

namespace parley::inline PARLEY_ABI {

[[gnu::cold]] credentials_result credentials_chain::operator()(credentials_context const& context) const {
    credentials_error error{credentials_errc::not_configured, "chain", {}, {}};
    for (auto const& provider : providers) {
        auto provided = provider(context);
        if (provided || provided.error().code != credentials_errc::not_configured) return provided;
        error.causes.push_back(std::move(provided.error()));
    }
    return error;
}

[[gnu::cold]] credentials_chain default_credentials(provider_environment const& from) {
    return {{environment_credentials{from}, profile_credentials{from}, web_identity_credentials{from},
             container_credentials{from}, instance_credentials{from}}};
}

} // namespace parley

#endif
