// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_BASE64_HPP
#define PARLEY_CORE_BASE64_HPP

#include <parley/core/config.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Appends `bytes` in base64 with padding (RFC 4648, section 4).
void append_base64(std::string& out, std::string_view bytes);

/// Replaces `out` by the decoded bytes of `text`. Returns false if `text` is not base64 with padding: if its length is not a multiple
/// of four, it has other characters (including white space), or the unused bits before the padding are not zero (RFC 4648, section
/// 3.5).
bool decode_base64(std::string_view text, std::string& out);

} // namespace parley::detail

#endif
