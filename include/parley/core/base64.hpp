// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_BASE64_HPP
#define PARLEY_CORE_BASE64_HPP

#include <parley/core/config.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Appends `bytes` as base64 with padding; RFC 4648, section 4.
void append_base64(std::string& out, std::string_view bytes);

/// Replaces `out` by the bytes that `text` stands for. False if it is no base64 with padding: a length that is no
/// multiple of four, any other character (white space too), or bits set that padding should leave zero (RFC 4648, 3.5).
bool decode_base64(std::string_view text, std::string& out);

} // namespace parley::detail

#endif
