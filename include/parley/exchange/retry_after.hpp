// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_AFTER_HPP
#define PARLEY_EXCHANGE_RETRY_AFTER_HPP

#include <parley/core/config.hpp>
#include <parley/http/response.hpp>

#include <chrono>
#include <optional>

namespace parley::inline PARLEY_ABI::detail {

/// How many milliseconds the peer asks to wait before another attempt; nothing if it does not, or says it in a way that cannot
/// be read. May be negative, for a date that has passed, or infinite.
///
/// It may say so in `retry-after`, in seconds or as a date (RFC 9110, section 10.2.3), or in `x-amz-retry-after`, in
/// milliseconds. The first that is present counts. `now` is the time by the peer's clock.
std::optional<double> read_retry_after(response_view const& response, std::chrono::system_clock::time_point now);

} // namespace parley::detail

#endif
