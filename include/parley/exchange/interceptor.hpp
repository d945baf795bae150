// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_INTERCEPTOR_HPP
#define PARLEY_EXCHANGE_INTERCEPTOR_HPP

#include <parley/exchange/outcome.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/protocol/operation_table.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The operation and the attempt that an interceptor is called for.
class attempt_context {
public:
    /// Creates the context of an attempt.
    attempt_context(detail::operation_table const& operation, int attempt) noexcept : operation_(&operation), attempt_(attempt) {}

    /// Returns the name of the operation's type.
    std::string_view operation() const noexcept { return operation_->name; }
    /// Returns the number of the attempt, from 1; 0 before the first one.
    int attempt() const noexcept { return attempt_; }

    /// Returns the tables of the operation. Used by `line_log`.
    detail::operation_table const& table() const noexcept { return *operation_; }

private:
    detail::operation_table const* operation_;
    int attempt_;
};

/// The reason of a wait.
enum class wait_reason : std::uint8_t {
    retry, ///< the backoff before a retry
    rate,  ///< the client-side rate limit
};

/// The kind of a call's end.
enum class call_result : std::uint8_t {
    output,            ///< the call succeeded
    invalid_input,     ///< the input violates a constraint; nothing was sent
    transport_failure, ///< no response was received
    error,             ///< the server returned an error, or a response that cannot be decoded
};

/// The end of a call, for logs and metrics.
struct call_end {
    call_result result = call_result::output; ///< the kind of the end
    std::string_view code{};                  ///< the code of the server's error
    transport_errc condition{};               ///< the condition of a `transport_failure`
    delivery sent = delivery::answered;       ///< whether the server may have seen the request
    call_metadata const& metadata;            ///< attempts, waits and status
};

/// Functions that observe, and may change, the requests and responses of a call, for logs, traces and metrics. Unset functions
/// cost nothing. A client may have several interceptors; they are called in order.
///
/// They are called from the thread that drives the call. If several threads use a client, its interceptors must be safe to call
/// concurrently. They must not stop the call that they are called for. An exception ends the call with a `transport_failure`
/// (`transport_errc::exception`), which the `at_end` functions see; if an `at_end` throws, the later ones see it.
///
/// The stop token and the deadline of the call are checked after `before_signing` and `before_sending`, so the request may not be
/// sent after these were called.
///
/// @par Example
///     config.interceptors.push_back({.before_signing = [](parley::http_request& r, parley::attempt_context const&) {
///         r.fields.set("x-trace", current_trace());
///     }});
struct interceptor {
    /// Called before a request is signed. The requests of later attempts have the changes that were made for earlier ones. A function
    /// that changes the body must set content-length.
    std::function<void(http_request&, attempt_context const&)> before_signing{};
    /// Called after a request was signed. The signature does not cover changes that are made here.
    std::function<void(http_request&, attempt_context const&)> before_sending{};
    /// Called before a response is decoded. The response is copied if this is set.
    std::function<void(http_response&, attempt_context const&)> before_decoding{};
    /// Called after an attempt failed.
    std::function<void(failed_attempt const&, attempt_context const&)> after_failure{};
    /// Called before a wait, with its length.
    std::function<void(std::chrono::steady_clock::duration, wait_reason, attempt_context const&)> before_wait{};
    /// Called when the call has ended.
    std::function<void(call_end const&, attempt_context const&)> at_end{};
};

} // namespace parley

#endif
