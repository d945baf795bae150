// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HOST_HPP
#define PARLEY_HTTP_HOST_HPP

#include <parley/core/config.hpp>

#include <optional>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// Returns true if `text` is `uri-host [":" port]` (RFC 9110, section 7.2) with a non-empty host: a registered name, an IPv4
/// address, or an IPv6 or future address in brackets (RFC 3986, section 3.2.2). The port may be empty and is at most 65535. User
/// information is invalid.
bool is_host_and_port(std::string_view text) noexcept;

/// Returns true if `value` is a valid value of the header field Host: empty, or valid according to `is_host_and_port`.
///
/// Clients send an empty value if the target URI has no authority (RFC 9112, section 3.2). A port without a host is invalid: it would
/// belong to an "http" URI with an empty host, which a recipient must reject (RFC 9110, section 4.2.1).
bool is_host_field(std::string_view value) noexcept;

/// Returns the authority of a request target in absolute-form (RFC 9112, section 3.2.2), "example.com:80" of
/// "http://example.com:80/x?y". Returns `nullopt` if the target has another form.
std::optional<std::string_view> authority_of(std::string_view target) noexcept;

/// Returns true if `target` has one of the forms that RFC 9112, section 3.2, allows for `method`: origin-form, absolute-form with a valid
/// authority, authority-form for CONNECT, asterisk-form for OPTIONS.
bool is_request_target(std::string_view method, std::string_view target) noexcept;

} // namespace parley

#endif
