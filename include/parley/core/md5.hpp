// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_MD5_HPP
#define PARLEY_CORE_MD5_HPP

#include <parley/core/config.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Returns the MD5 digest of `bytes`: 16 bytes (RFC 1321). Used for the header Content-MD5, which detects accidental changes. MD5 does
/// not protect against an attacker.
std::string md5(std::string_view bytes);

} // namespace parley::detail

#endif
