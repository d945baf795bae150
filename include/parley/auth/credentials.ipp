// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_CREDENTIALS_IPP
#define PARLEY_AUTH_CREDENTIALS_IPP

#include <parley/auth/credentials.hpp>

namespace parley::inline PARLEY_ABI {

std::string_view to_string(credentials_errc code) noexcept {
    switch (code) {
    case credentials_errc::not_configured: return "not configured";
    case credentials_errc::invalid: return "invalid configuration";
    case credentials_errc::unavailable: return "unavailable";
    case credentials_errc::refused: return "refused";
    case credentials_errc::malformed: return "malformed response";
    case credentials_errc::expired: return "expired";
    case credentials_errc::cancelled: return "cancelled";
    }
    return "unknown error";
}

[[gnu::cold]] std::string credentials_error::message() const {
    auto line = provider + ": " + std::string(to_string(code));
    if (!text.empty()) line.append(": ").append(text);
    for (std::size_t i = 0; i < causes.size(); ++i) line.append(i == 0 ? " (" : "; ").append(causes[i].message());
    return causes.empty() ? line : line + ')';
}

} // namespace parley

#endif
