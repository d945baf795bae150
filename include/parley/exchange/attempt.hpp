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

/// What was done after an attempt had failed.
enum class retry_verdict : std::uint8_t {
    retried,         ///< another one was to be made, after `delay`
    not_retryable,   ///< another one would have ended the same way
    out_of_attempts, ///< the policy allows no more
    out_of_tokens,   ///< the client's quota of retries is used up
    past_deadline,   ///< the wait would have ended after the call's deadline
    not_idempotent,  ///< the peer may have acted, and would have acted twice
    cancelled,       ///< the call was cancelled, after the attempt or in the wait that followed it
    not_signed,      ///< the next one could not be signed
    hedged,          ///< a second one was under way already
    exception,       ///< an exception ended the call, after the attempt or while its response was decoded
};

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
    case retry_verdict::hedged: return "another attempt was under way";
    case retry_verdict::exception: return "exception thrown";
    }
    return {};
}

/// An attempt that gave no output: what failed, and what was made of it.
struct failed_attempt {
    int attempt = 1;
    int status = 0;                            ///< of the response; 0 if there was none
    std::optional<transport_errc> condition{}; ///< of the transport, if there was no response
    std::string code{};                        ///< of the peer's error
    retry_advice advice = retry_advice::none;
    retry_verdict verdict = retry_verdict::not_retryable;
    std::chrono::milliseconds delay{0}; ///< how long the wait was to last that followed
};

} // namespace parley

#endif
