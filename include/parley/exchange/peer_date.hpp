// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_PEER_DATE_HPP
#define PARLEY_EXCHANGE_PEER_DATE_HPP

#include <parley/core/timestamp.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

using peer_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// A date as peers write it in header fields: an HTTP date (RFC 9110, section 5.6.7), or one of RFC 3339, which is taken
/// as UTC where it does not say.
std::optional<peer_time> parse_peer_date(std::string_view text) noexcept;

} // namespace parley::detail

#endif
