// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_IPP
#define PARLEY_EXCHANGE_RETRY_IPP

#include <parley/exchange/retry.hpp>

#include <algorithm>
#include <array>

namespace parley {

namespace {

constexpr std::array<std::string_view, 14> throttling_codes{
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException",
    "SlowDown", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    "TransactionInProgressException"};

constexpr std::array<std::string_view, 3> transient_codes{"RequestTimeout", "RequestTimeoutException", "TimeoutError"};

template <std::size_t Count>
bool contains(std::array<std::string_view, Count> const& codes, std::string_view code) noexcept {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

} // namespace

retry_advice advise(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused:
    case transport_errc::timed_out:
    case transport_errc::reset: return retry_advice::transient;
    default: return retry_advice::none;
    }
}

retry_advice advise(int status, std::string_view code, std::string_view message, retryability declared) noexcept {
    if (status == 429 || declared == retryability::throttling || contains(throttling_codes, code))
        return retry_advice::throttled;
    bool const transient = status == 500 || status == 502 || status == 503 || status == 504;
    // A signature that took too long on its way is made afresh for the next attempt.
    bool const expired = code == "InvalidSignatureException" && message.find("Signature expired") != message.npos;
    if (transient || expired || declared == retryability::retryable || contains(transient_codes, code)) return retry_advice::transient;
    return retry_advice::none;
}

std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept {
    auto bound = advice == retry_advice::throttled ? policy.throttled_base : policy.base;
    for (int i = 1; i < attempt && bound < policy.max_delay; ++i) bound *= 2;
    bound = std::min(bound, policy.max_delay);
    return std::chrono::milliseconds(static_cast<std::int64_t>(random * static_cast<double>(bound.count())));
}

} // namespace parley

#endif
