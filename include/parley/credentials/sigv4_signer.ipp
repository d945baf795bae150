// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_SIGV4_SIGNER_IPP
#define PARLEY_CREDENTIALS_SIGV4_SIGNER_IPP

#include <parley/credentials/sigv4_signer.hpp>

#include <chrono>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

struct sigv4_signer::state {
    // New keys replace the oldest ones. Around midnight, keys of two days are in use.
    static constexpr std::size_t max_keys = 4;
    struct derived {
        std::string secret;
        std::string region, service;
        std::chrono::sys_days day;
        sha256_digest key;
    };

    any_credentials_provider provider;
    sigv4_options options;
    std::mutex mutex;
    std::vector<derived> keys;

    sha256_digest key_of(std::string const& secret, sigv4_options const& scope, std::chrono::system_clock::time_point time) {
        auto const day = std::chrono::floor<std::chrono::days>(time);
        std::lock_guard lock(mutex);
        for (auto const& k : keys) {
            if (k.day == day && k.secret == secret && k.region == scope.region && k.service == scope.service) return k.key;
        }
        auto const key = derive_signing_key(secret, scope, time);
        if (keys.size() == max_keys) keys.erase(keys.begin());
        keys.push_back({secret, scope.region, scope.service, day, key});
        return key;
    }
};

namespace detail::credentials_impl {

inline transport_errc condition_of(credentials_error const& error, signing_context const& context) noexcept {
    switch (error.code) {
    case credentials_errc::expired: return transport_errc::expired_credentials;
    case credentials_errc::cancelled:
        return context.stop.stop_requested() ? transport_errc::cancelled : transport_errc::timed_out;
    default: return transport_errc::no_credentials;
    }
}

} // namespace detail::credentials_impl

sigv4_signer::sigv4_signer(any_credentials_provider provider, sigv4_options options) : state_(std::make_shared<state>()) {
    state_->provider = std::move(provider);
    state_->options = std::move(options);
}

std::optional<signing_error> sigv4_signer::operator()(http_request& request, signing_context const& context) const {
    if (!state_->provider) return signing_error{"no credentials provider is set", transport_errc::no_credentials};
    auto const credentials = state_->provider({context.deadline, context.stop});
    if (!credentials)
        return signing_error{credentials.error().message(), detail::credentials_impl::condition_of(credentials.error(), context)};
    if (credentials->expiration && context.time >= *credentials->expiration) {
        return signing_error{"the credentials expire before the signing time", transport_errc::expired_credentials};
    }
    auto options = state_->options;
    if (options.region.empty()) options.region = context.region;
    if (options.service.empty()) options.service = context.service;
    auto const key = state_->key_of(credentials->secret_access_key, options, context.time);
    auto signature = sign_headers(request, *credentials, options, context.time, &key);
    if (!signature) return std::move(signature.error());
    return std::nullopt;
}

} // namespace parley

#endif
