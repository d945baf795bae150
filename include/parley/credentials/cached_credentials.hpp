// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_HPP

#include <parley/auth/credentials.hpp>
#include <parley/credentials/provider_environment.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace parley::inline PARLEY_ABI {

/// When cached credentials are fetched again.
struct refresh_policy {
    std::chrono::seconds early{300}; ///< how long before they expire
    std::chrono::seconds pause{5};   ///< no sooner than this after the last time, whether it went well or not
};

/// Keeps what a provider gives until shortly before it expires. Asks nobody before it is called. Safe to use from many
/// threads; copies share what they keep.
///
/// One thread at a time asks the provider. While the credentials are still valid, the others go on with them at once; else
/// they wait for that thread, and all share the outcome. A failure to renew credentials that are still valid is no error:
/// they are used until they expire. Credentials without an expiration are fetched once.
///
/// A thread that waits gives up when its context is stopped or the deadline of it has passed. If the one that asks the provider gives
/// up, the others do not share that outcome: one of them asks again.
///
/// For an event loop, which must not be blocked: give the signer `held()`, and call `refresh()` on a thread of your own,
/// first before the first request, and then whenever you like, before `early` is over.
///
///     parley::cached_credentials credentials(parley::default_credentials({.send = sender}));
///     parley::sigv4_signer sign([=] { return credentials.held(); }, options);
class cached_credentials {
public:
    explicit cached_credentials(any_credentials_provider provider, refresh_policy policy = {},
                                std::function<std::chrono::system_clock::time_point()> now = detail::system_clock_now);

    /// The credentials; fetches them first if they are not there or expired, and renews them if that is due.
    /// Fails as `cancelled` if the context ends the wait for them.
    credentials_result operator()(credentials_context const& context = {}) const;

    /// The credentials that are there, without waiting: `expired` if they are, `unavailable` if they were never fetched, or
    /// why that failed.
    credentials_result held() const;

    /// Asks the provider now, or waits for a thread that does already. The outcome of that.
    credentials_result refresh(credentials_context const& context = {}) const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace parley

#endif
