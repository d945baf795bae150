// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_ATTEMPT_HPP
#define PARLEY_EXCHANGE_ATTEMPT_HPP

#include <parley/exchange/retry.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The decision that followed a failed attempt.
enum class retry_verdict : std::uint8_t {
    retried,         ///< a retry was scheduled after `delay`
    not_retryable,   ///< a retry would have failed the same way
    out_of_attempts, ///< the policy allows no further attempt
    out_of_tokens,   ///< the retry token bucket of the client is empty
    past_deadline,   ///< the backoff would have ended after the deadline of the call
    not_idempotent,  ///< the server may have processed the request, and must not process it twice
    cancelled,       ///< the call was cancelled, after the attempt or during the backoff
    not_signed,      ///< the request of the next attempt could not be signed
    hedged,          ///< another attempt was already in flight
    exception,       ///< an exception ended the call, after the attempt or while its response was decoded
};

/// Returns a short text for logs.
constexpr std::string_view to_string(retry_verdict verdict) noexcept {
    switch (verdict) {
    case retry_verdict::retried: return "retried";
    case retry_verdict::not_retryable: return "not retryable";
    case retry_verdict::out_of_attempts: return "no attempts left";
    case retry_verdict::out_of_tokens: return "no tokens left";
    case retry_verdict::past_deadline: return "no time left";
    case retry_verdict::not_idempotent: return "not idempotent";
    case retry_verdict::cancelled: return "cancelled";
    case retry_verdict::not_signed: return "not signed";
    case retry_verdict::hedged: return "another attempt was in flight";
    case retry_verdict::exception: return "exception thrown";
    }
    return {};
}

/// The failure of an attempt and the decision that followed it.
struct failed_attempt {
    int attempt = 1;                                      ///< the number of the attempt, from 1
    int status = 0;                                       ///< the status of the response; 0 without a response
    std::optional<transport_errc> condition{};            ///< the failure of the transport, without a response
    std::string code{};                                   ///< the code of the server's error
    retry_advice advice = retry_advice::none;             ///< whether the failure is retryable
    retry_verdict verdict = retry_verdict::not_retryable; ///< the decision
    std::chrono::milliseconds delay{0};                   ///< the scheduled length of the backoff
};

} // namespace parley

#endif
