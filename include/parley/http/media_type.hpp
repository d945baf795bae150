// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_MEDIA_TYPE_HPP
#define PARLEY_HTTP_MEDIA_TYPE_HPP

#include <parley/core/config.hpp>
#include <parley/http/message.hpp>

#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns the type and subtype of a Content-Type, without parameters: "text/html" for "text/html; charset=utf-8" (RFC 9110,
/// section 8.3.1).
std::string_view essence_of(std::string_view media_type) noexcept;

/// Returns true if the field value `accept` allows a response of `type`: the most specific matching range does not have the weight 0
/// (RFC 9110, section 12.5.1).
bool accepts(std::string_view accept, std::string_view type) noexcept;

/// Returns true if the Accept fields of `message` allow a response of `type`. A message without them allows any.
bool accepts(field_view const& message, std::string_view type);

} // namespace parley::detail

#endif
