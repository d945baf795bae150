// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_PEER_DATE_HPP
#define PARLEY_EXCHANGE_PEER_DATE_HPP

#include <parley/core/timestamp.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

using peer_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Parses a date of a header field: an HTTP date (RFC 9110, section 5.6.7), or an RFC 3339 date, in UTC if it has no offset. Returns
/// `nullopt` if the text is neither.
std::optional<peer_time> parse_peer_date(std::string_view text) noexcept;

} // namespace parley::detail

#endif
