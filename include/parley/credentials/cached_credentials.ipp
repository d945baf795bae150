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
    std::condition_variable_any ended; // a refresh
    std::optional<aws_credentials> credentials;
    std::optional<credentials_error> failure; // of the last refresh
    std::optional<time_point> last;           // when it ended
    bool refreshing = false;
    std::uint64_t refreshes = 0;

    bool valid(time_point time) const { return credentials && (!credentials->expiration || time < *credentials->expiration); }
    bool due(time_point time) const {
        if (!credentials) return true;
        return credentials->expiration && time >= *credentials->expiration - policy.early;
    }
    // A clock that was set back makes no pause longer.
    bool pausing(time_point time) const { return last && time >= *last && time - *last < policy.pause; }

    // Threads wait for the end of a refresh, so it must have one, whatever is thrown.
    struct end_of_refresh {
        state& of;
        std::unique_lock<std::mutex>& lock;
        ~end_of_refresh() {
            if (!lock.owns_lock()) lock.lock();
            of.refreshing = false;
            of.ended.notify_all();
        }
    };

    // The caller holds the lock, which is open while the provider is asked.
    credentials_result refresh(std::unique_lock<std::mutex>& lock, credentials_context const& context) {
        while (refreshing) {
            auto const before = refreshes;
            if (!wait(lock, context))
                return credentials_error{credentials_errc::cancelled, "cache", "another thread still fetches them", {}};
            if (refreshes != before) return outcome();
        }
        refreshing = true;
        end_of_refresh const end{*this, lock};
        lock.unlock();
        credentials_result given = ask(context);
        lock.lock();
        if (!given && given.error().code == credentials_errc::cancelled) return given; // whoever waits asks by itself
        ++refreshes;
        last = now();
        failure.reset();
        if (!given) failure = std::move(given.error());
        else if (given->expiration && *given->expiration <= *last)
            failure = credentials_error{credentials_errc::expired, "cache", {}, {}};
        else credentials = std::move(*given);
        return outcome();
    }

    // For the end of a refresh; false if the context ends the wait first.
    bool wait(std::unique_lock<std::mutex>& lock, credentials_context const& context) {
        auto const over = [this, before = refreshes] { return !refreshing || refreshes != before; };
        if (!context.deadline) return ended.wait(lock, context.stop, over);
        return ended.wait_until(lock, context.stop, *context.deadline, over);
    }

    // Of the last refresh.
    credentials_result outcome() const {
        if (failure) return *failure;
        return *credentials;
    }

    credentials_result ask(credentials_context const& context) const {
        auto const error = [](std::string text) {
            return credentials_error{credentials_errc::unavailable, "cache", std::move(text), {}};
        };
        if (!provider) return error("there is no provider");
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
    auto renewed = s.refresh(lock, context);
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

credentials_result cached_credentials::refresh(credentials_context const& context) const {
    std::unique_lock lock(state_->mutex);
    return state_->refresh(lock, context);
}

} // namespace parley

#endif
