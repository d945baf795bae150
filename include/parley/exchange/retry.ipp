// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_IPP
#define PARLEY_EXCHANGE_RETRY_IPP

#include <parley/exchange/retry.hpp>

#include <algorithm>
#include <cmath>

namespace parley::inline PARLEY_ABI {

retry_advice advise(transport_errc condition) noexcept {
    switch (condition) {
    case transport_errc::refused:
    case transport_errc::reset: return retry_advice::transient;
    case transport_errc::timed_out: return retry_advice::timed_out;
    case transport_errc::throttled: return retry_advice::throttled;
    default: return retry_advice::none;
    }
}

[[gnu::cold]] retry_advice advise(retry_policy const& policy, int status, std::string_view code, std::string_view message,
                                  retryability declared) noexcept {
    auto const has = [](auto const& list, auto const& value) { return std::ranges::find(list, value) != list.end(); };
    if (declared == retryability::throttling || has(policy.throttling_statuses, status) || has(policy.throttling_codes, code))
        return retry_advice::throttled;
    if (has(policy.transient_codes, code)) return retry_advice::timed_out;
    // The next attempt is signed with the current time.
    bool const expired = code == "InvalidSignatureException" && message.find("Signature expired") != message.npos;
    if (expired || declared == retryability::retryable || has(policy.transient_statuses, status)) return retry_advice::transient;
    return retry_advice::none;
}

int retry_cost(retry_policy const& policy, retry_advice advice) noexcept {
    switch (advice) {
    case retry_advice::none: return 0;
    case retry_advice::transient: return policy.cost;
    case retry_advice::timed_out: return policy.timeout_cost;
    case retry_advice::throttled: return policy.throttled_cost;
    }
    return 0;
}

std::chrono::milliseconds retry_delay(retry_policy const& policy, int attempt, retry_advice advice, double random) noexcept {
    auto bound = advice == retry_advice::throttled ? policy.throttled_base : policy.base;
    for (int i = 1; i < attempt && bound < policy.max_delay && bound.count() > 0; ++i)
        bound = bound > policy.max_delay / 2 ? policy.max_delay : bound * 2;
    bound = std::min(bound, policy.max_delay);
    return std::chrono::milliseconds(static_cast<std::int64_t>(random * static_cast<double>(bound.count())));
}

std::chrono::milliseconds apply_retry_after(retry_policy const& policy, std::chrono::milliseconds delay,
                                            std::optional<double> hint) noexcept {
    if (!hint || !std::isfinite(*hint)) return delay;
    auto const least = static_cast<double>(delay.count());
    auto const more = static_cast<double>(std::max(policy.max_hint.count(), std::int64_t{0}));
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(*hint, least, least + more)));
}

} // namespace parley

#endif
