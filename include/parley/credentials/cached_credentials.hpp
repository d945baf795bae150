// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace parley::inline PARLEY_ABI {

/// When cached credentials are refreshed.
struct refresh_policy {
    std::chrono::seconds early{300}; ///< how long before the expiration
    std::chrono::seconds pause{5};   ///< the minimum time between two refreshes, successful or not
};

/// Caches the credentials of a provider until shortly before they expire. The provider is first called when credentials are needed.
/// Safe to use from several threads; copies share the cache.
///
/// One thread at a time calls the provider. Meanwhile the other threads use the cached credentials if these are still valid; otherwise
/// they wait for the result and share it. If a refresh fails, credentials that are still valid are used until they expire.
/// Credentials without an expiration are fetched once.
///
/// A waiting thread gives up when a stop is requested in its context or the deadline of the context has passed. If the thread that
/// calls the provider gives up, another one calls the provider.
///
/// An event loop must not be blocked: let the signer use `held()`, and call `refresh()` in another thread, before the first request
/// and then at intervals shorter than `early`.
///
/// @par Example
///     parley::cached_credentials credentials(parley::default_credentials({.send = sender}));
///     parley::sigv4_signer sign([=] { return credentials.held(); }, options);
class cached_credentials {
public:
    /// Creates an empty cache.
    ///
    /// @param provider Provides the credentials.
    /// @param policy   When to refresh them.
    /// @param now      Returns the current time.
    explicit cached_credentials(any_credentials_provider provider, refresh_policy policy = {},
                                std::function<std::chrono::system_clock::time_point()> now = detail::system_clock_now);

    /// Returns the credentials. Fetches them if they are missing or expired, and refreshes them if that is due.
    /// @return The credentials. The error `cancelled` if the context ends the wait for them.
    credentials_result operator()(credentials_context const& context = {}) const;

    /// Returns the cached credentials without waiting.
    /// @return The credentials. The error of the last refresh if it failed, `expired`, or `unavailable` before the first refresh.
    credentials_result held() const;

    /// Calls the provider, or waits for a thread that is already calling it.
    /// @return The result of the provider.
    credentials_result refresh(credentials_context const& context = {}) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
