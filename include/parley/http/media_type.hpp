// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_MEDIA_TYPE_HPP
#define PARLEY_HTTP_MEDIA_TYPE_HPP

#include <parley/core/config.hpp>
#include <parley/http/message.hpp>

#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// The type and subtype of a Content-Type: "text/html; charset=utf-8" -> "text/html". See RFC 9110, section 8.3.1.
std::string_view essence_of(std::string_view media_type) noexcept;

/// Whether the field value `accept` takes a response of `type`: one of its ranges fits, and the one that fits best has not
/// the weight 0. See RFC 9110, section 12.5.1.
bool accepts(std::string_view accept, std::string_view type) noexcept;

/// The same for all fields Accept of a message; one without takes anything.
bool accepts(field_view const& message, std::string_view type);

} // namespace parley::detail

#endif
