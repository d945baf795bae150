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

/// Which call an interceptor is told of, and which attempt.
class attempt_context {
public:
    attempt_context(detail::operation_table const& operation, int attempt) noexcept : operation_(&operation), attempt_(attempt) {}

    /// The name of the operation, as its type is named.
    std::string_view operation() const noexcept { return operation_->name; }
    /// From 1; 0 before the first one.
    int attempt() const noexcept { return attempt_; }

    detail::operation_table const& table() const noexcept { return *operation_; }

private:
    detail::operation_table const* operation_;
    int attempt_;
};

enum class wait_reason : std::uint8_t {
    retry, ///< between two attempts
    rate,  ///< for the client's own rate
};

enum class call_result : std::uint8_t { output, invalid_input, transport_failure, error };

/// How a call ended, for those who count.
struct call_end {
    call_result result = call_result::output;
    std::string_view code{};    ///< of the peer's error
    transport_errc condition{}; ///< of a `transport_failure`
    delivery sent = delivery::answered;
    call_metadata const& metadata;
};

/// Sees what goes out and what comes in, and may change it; hears of attempts, waits and ends. For logs, traces and metrics. What
/// is not set costs nothing. A client may have several; they are called in order.
///
/// They are called from whichever thread drives the call, so that those of a client that many threads use must be safe to call
/// from many. They may not stop the call that they are told of. What one throws ends the call with a `transport_failure`
/// (`transport_errc::exception`), of which all hear at the end; if that is thrown by an `at_end`, those after it do.
///
/// After `before_signing` and `before_sending` the stop token and the deadline of the call are checked, so a request that these have
/// seen may not be sent after all.
///
///     config.interceptors.push_back({.before_signing = [](parley::http_request& r, parley::attempt_context const&) {
///         r.fields.set("x-trace", current_trace());
///     }});
struct interceptor {
    /// A request that is about to be signed. The second attempt's has what was set in the first one. Who changes the body sets its
    /// content-length.
    std::function<void(http_request&, attempt_context const&)> before_signing{};
    /// A request that is signed. What is changed here, no signature covers.
    std::function<void(http_request&, attempt_context const&)> before_sending{};
    /// A response that is about to be read. A copy is made of it where this is set.
    std::function<void(http_response&, attempt_context const&)> before_decoding{};
    /// An attempt that gave no output.
    std::function<void(failed_attempt const&, attempt_context const&)> after_failure{};
    std::function<void(std::chrono::steady_clock::duration, wait_reason, attempt_context const&)> before_wait{};
    std::function<void(call_end const&, attempt_context const&)> at_end{};
};

} // namespace parley

#endif
