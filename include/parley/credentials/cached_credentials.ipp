// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP

#include <parley/credentials/cached_credentials.hpp>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace parley {

struct cached_credentials::state {
    using time_point = std::chrono::system_clock::time_point;

    any_credentials_provider provider;
    refresh_policy policy;
    std::function<time_point()> now;

    std::mutex mutex;
    std::condition_variable ended; // a refresh
    std::optional<aws_credentials> credentials;
    std::optional<credentials_error> failure; // of the last refresh
    std::optional<time_point> last;           // when it ended
    bool refreshing = false;
    std::uint64_t refreshes = 0;

    bool valid(time_point time) const {
        return credentials && (!credentials->expiration || time < *credentials->expiration);
    }
    bool due(time_point time) const {
        if (!credentials) return true;
        return credentials->expiration && time >= *credentials->expiration - policy.early;
    }
    // A clock that was set back makes no pause longer.
    bool pausing(time_point time) const { return last && time >= *last && time - *last < policy.pause; }

    // The caller holds the lock, which is open while the provider is asked.
    credentials_result refresh(std::unique_lock<std::mutex>& lock) {
        if (refreshing) {
            ended.wait(lock, [this, before = refreshes] { return refreshes != before; });
            return outcome();
        }
        refreshing = true;
        lock.unlock();
        credentials_result given = ask();
        lock.lock();
        refreshing = false;
        ++refreshes;
        last = now();
        failure.reset();
        if (!given) failure = std::move(given.error());
        else if (given->expiration && *given->expiration <= *last) failure = credentials_error{credentials_errc::expired, "cache", {}, {}};
        else credentials = std::move(*given);
        ended.notify_all();
        return outcome();
    }

    // Of the last refresh.
    credentials_result outcome() const {
        if (failure) return *failure;
        return *credentials;
    }

    credentials_result ask() const {
        auto const error = [](char const* text) { return credentials_error{credentials_errc::unavailable, "cache", text, {}}; };
        if (!provider) return error("there is no provider");
        // Threads wait for the end of this call, so it must have one.
        try {
            return provider();
        } catch (std::exception const& thrown) {
            return error(thrown.what());
        } catch (...) {
            return error("the provider threw what is no exception");
        }
    }
};

cached_credentials::cached_credentials(any_credentials_provider provider, refresh_policy policy,
                                       std::function<std::chrono::system_clock::time_point()> now)
    : state_(std::make_shared<state>()) {
    state_->provider = std::move(provider);
    state_->policy = policy;
    state_->now = std::move(now);
}

credentials_result cached_credentials::operator()() const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    auto const time = s.now();
    bool const valid = s.valid(time);
    if (valid && (!s.due(time) || s.refreshing || s.pausing(time))) return *s.credentials;
    if (!s.refreshing && s.failure && s.pausing(time)) return *s.failure;
    auto renewed = s.refresh(lock);
    if (!renewed && s.valid(s.now())) return *s.credentials;
    return renewed;
}

credentials_result cached_credentials::held() const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    if (s.valid(s.now())) return *s.credentials;
    if (s.failure) return *s.failure;
    auto const code = s.credentials ? credentials_errc::expired : credentials_errc::unavailable;
    return credentials_error{code, "cache", s.credentials ? "" : "they were not fetched yet", {}};
}

credentials_result cached_credentials::refresh() const {
    std::unique_lock lock(state_->mutex);
    return state_->refresh(lock);
}

} // namespace parley

#endif
