// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_RETRY_AFTER_HPP
#define PARLEY_EXCHANGE_RETRY_AFTER_HPP

#include <parley/core/config.hpp>
#include <parley/http/response.hpp>

#include <chrono>
#include <optional>

namespace parley::inline PARLEY_ABI::detail {

/// Reads how long the server asks the client to wait: from `retry-after`, in seconds or as a date (RFC 9110, section 10.2.3), or from
/// `x-amz-retry-after`, in milliseconds. The first of these fields in the response counts.
///
/// @param now The time of the server's clock.
/// @return The wait in milliseconds; `nullopt` if there is no valid field. Negative for a date in the past; may be infinite.
std::optional<double> read_retry_after(response_view const& response, std::chrono::system_clock::time_point now);

} // namespace parley::detail

#endif
