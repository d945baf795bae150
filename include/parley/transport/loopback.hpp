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

/// An in-memory transport for tests: a handler takes the place of the server. Waits return at once and advance a virtual clock, which a
/// client can use as its `now`. Safe to use from several threads if the handler is.
///
/// @tparam Handler Callable with an `http_request const&`; returns a response.
///
/// @par Example
///     parley::loopback server{[](parley::http_request const&) { return parley::http_response{200, {}, R"({"celsius":21})"}; }};
///     parley::client client{{.endpoint = "http://test"}, std::ref(server)};
template <std::invocable<http_request const&> Handler>
class loopback {
public:
    using duration = std::chrono::steady_clock::duration;              ///< the length of a wait
    using time_point = std::chrono::steady_clock::time_point;          ///< a time of the virtual clock
    using reply = std::invoke_result_t<Handler&, http_request const&>; ///< the response type of the handler

    /// Creates a transport that records the first `limit` requests and the first `limit` waits. Later ones are served without a
    /// record.
    explicit loopback(Handler handler, std::size_t limit = SIZE_MAX) : handler_(std::move(handler)), limit_(limit) {}

    /// Passes the request to the handler and returns its response.
    reply operator()(http_request const& request) {
        {
            std::lock_guard lock(mutex_);
            if (requests_.size() < limit_) requests_.push_back(request);
        }
        return handler_(request);
    }

    /// Advances the virtual clock by `d`.
    void sleep(duration d) {
        std::lock_guard lock(mutex_);
        if (sleeps_.size() < limit_) sleeps_.push_back(d);
        now_ += d;
    }

    /// Returns the time of the virtual clock.
    time_point now() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    /// Returns the recorded requests in order.
    std::vector<http_request> requests() const {
        std::lock_guard lock(mutex_);
        return requests_;
    }
    /// Returns the recorded waits in order.
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
