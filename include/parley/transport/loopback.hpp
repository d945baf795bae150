// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_LOOPBACK_HPP
#define PARLEY_TRANSPORT_LOOPBACK_HPP

#include <parley/core/result.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/http/transport_error.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// A transport in memory: the handler is the server. For tests without a network. Waits take no time; they move a clock of
/// its own, which a client can be given as its `now`.
///
///     parley::loopback server{[](parley::http_request const&) { return parley::http_response{200, {}, R"({"celsius":21})"}; }};
///     parley::client client{{.endpoint = "http://test"}, std::ref(server)};
///
/// Safe to use from many threads if the handler is.
template <std::invocable<http_request const&> Handler>
class loopback {
public:
    using duration = std::chrono::steady_clock::duration;
    using time_point = std::chrono::steady_clock::time_point;
    using reply = std::invoke_result_t<Handler&, http_request const&>;

    /// Keeps the first `limit` requests and as many waits; what comes later is served, but not kept.
    explicit loopback(Handler handler, std::size_t limit = SIZE_MAX) : handler_(std::move(handler)), limit_(limit) {}

    reply operator()(http_request const& request) {
        {
            std::lock_guard lock(mutex_);
            if (requests_.size() < limit_) requests_.push_back(request);
        }
        return handler_(request);
    }

    void sleep(duration d) {
        std::lock_guard lock(mutex_);
        if (sleeps_.size() < limit_) sleeps_.push_back(d);
        now_ += d;
    }

    /// The time of the virtual clock.
    time_point now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    /// The requests that came, in order.
    std::vector<http_request> requests() const {
        std::lock_guard lock(mutex_);
        return requests_;
    }
    /// The waits there were, in order.
    std::vector<duration> sleeps() const {
        std::lock_guard lock(mutex_);
        return sleeps_;
    }

private:
    Handler handler_;
    std::size_t limit_;
    mutable std::mutex mutex_;
    std::vector<http_request> requests_;
    std::vector<duration> sleeps_;
    time_point now_{};
};

} // namespace parley

#endif
