// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_CACHED_CREDENTIALS_IPP

#include <parley/credentials/cached_credentials.hpp>
#include <parley/exchange/thrown.hpp>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace parley::inline PARLEY_ABI {

struct cached_credentials::state {
    using time_point = std::chrono::system_clock::time_point;

    any_credentials_provider provider;
    refresh_policy policy;
    std::function<time_point()> now;

    std::mutex mutex;
    std::condition_variable_any ended; // notified when a refresh ends
    std::optional<aws_credentials> credentials;
    std::optional<credentials_error> failure; // of the last refresh
    std::optional<time_point> last;           // the end of the last refresh
    bool refreshing = false;
    std::uint64_t refreshes = 0;

    bool valid(time_point time) const { return credentials && (!credentials->expiration || time < *credentials->expiration); }
    bool due(time_point time) const {
        if (!credentials) return true;
        return credentials->expiration && time >= *credentials->expiration - policy.early;
    }
    // The pause does not become longer if the clock is set back.
    bool pausing(time_point time) const { return last && time >= *last && time - *last < policy.pause; }

    // Ends the refresh even if an exception is thrown: other threads wait for its end.
    struct end_of_refresh {
        state& of;
        std::unique_lock<std::mutex>& lock;
        ~end_of_refresh() {
            if (!lock.owns_lock()) lock.lock();
            of.refreshing = false;
            of.ended.notify_all();
        }
    };

    // Requires the lock, and releases it while the provider is called.
    credentials_result refresh(std::unique_lock<std::mutex>& lock, credentials_context const& context) {
        while (refreshing) {
            auto const before = refreshes;
            if (!wait(lock, context))
                return credentials_error{
                    credentials_errc::cancelled, "cache", "another thread is still fetching the credentials", {}};
            if (refreshes != before) return last_result();
        }
        refreshing = true;
        end_of_refresh const end{*this, lock};
        lock.unlock();
        credentials_result fetched = fetch(context);
        lock.lock();
        // A waiting thread then calls the provider itself.
        if (!fetched && fetched.error().code == credentials_errc::cancelled) return fetched;
        ++refreshes;
        last = now();
        failure.reset();
        if (!fetched) failure = std::move(fetched.error());
        else if (fetched->expiration && *fetched->expiration <= *last)
            failure = credentials_error{credentials_errc::expired, "cache", {}, {}};
        else credentials = std::move(*fetched);
        return last_result();
    }

    // Waits for the end of a refresh. Returns false if the context ends the wait first.
    bool wait(std::unique_lock<std::mutex>& lock, credentials_context const& context) {
        auto const ended_since = [this, before = refreshes] { return !refreshing || refreshes != before; };
        if (!context.deadline) return ended.wait(lock, context.stop, ended_since);
        return ended.wait_until(lock, context.stop, *context.deadline, ended_since);
    }

    credentials_result last_result() const {
        if (failure) return *failure;
        return *credentials;
    }

    credentials_result fetch(credentials_context const& context) const {
        auto const error = [](std::string text) {
            return credentials_error{credentials_errc::unavailable, "cache", std::move(text), {}};
        };
        if (!provider) return error("no provider is set");
        try {
            return provider(context);
        } catch (...) { return error(detail::text_of_exception()); }
    }
};

cached_credentials::cached_credentials(any_credentials_provider provider, refresh_policy policy,
                                       std::function<std::chrono::system_clock::time_point()> now)
    : state_(std::make_shared<state>()) {
    state_->provider = std::move(provider);
    state_->policy = policy;
    state_->now = std::move(now);
}

credentials_result cached_credentials::operator()(credentials_context const& context) const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    auto const time = s.now();
    bool const valid = s.valid(time);
    if (valid && (!s.due(time) || s.refreshing || s.pausing(time))) return *s.credentials;
    if (!s.refreshing && s.failure && s.pausing(time)) return *s.failure;
    auto refreshed = s.refresh(lock, context);
    if (!refreshed && s.valid(s.now())) return *s.credentials;
    return refreshed;
}

credentials_result cached_credentials::held() const {
    auto& s = *state_;
    std::unique_lock lock(s.mutex);
    if (s.valid(s.now())) return *s.credentials;
    if (s.failure) return *s.failure;
    auto const code = s.credentials ? credentials_errc::expired : credentials_errc::unavailable;
    return credentials_error{code, "cache", s.credentials ? "" : "the credentials have not been fetched yet", {}};
}

credentials_result cached_credentials::refresh(credentials_context const& context) const {
    std::unique_lock lock(state_->mutex);
    return state_->refresh(lock, context);
}

} // namespace parley

#endif
