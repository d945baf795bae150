// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_URI_HPP
#define PARLEY_HTTP_URI_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Appends `text`, percent-encoded. Only unreserved characters (RFC 3986, section 2.3) are not encoded. Hexadecimal digits are capitals.
void append_percent_encoded(std::string& out, std::string_view text);
/// Appends `text`, percent-encoded as by `append_percent_encoded`, except for slashes.
void append_percent_encoded_path(std::string& out, std::string_view text);

/// Decodes the percent-encoded `text`. Does not decode plus signs.
///
/// @return The decoded text, or `nullopt` if an escape is malformed.
std::optional<std::string> percent_decode(std::string_view text);

/// Returns true if `encoded` is valid and decodes to `text`. Does not allocate.
bool percent_decodes_to(std::string_view encoded, std::string_view text) noexcept;

/// Returns true if a percent sign in `text` is not followed by two hexadecimal digits.
bool has_bad_escape(std::string_view text) noexcept;

/// Returns true if `a` and `b` decode to the same text. A malformed escape is literal text. Does not allocate.
bool decode_to_same(std::string_view a, std::string_view b) noexcept;

/// Returns the size of the prefix of `encoded` that is equivalent to `text`, or `npos` if there is none.
///
/// The escape of an unreserved character is equivalent to the character, the escape of a reserved one is not: "%2D" is equivalent to "-", but
/// "%3A" is data and ":" is a delimiter (RFC 3986, sections 2.2 and 6.2.2).
std::size_t equivalent_prefix(std::string_view encoded, std::string_view text) noexcept;

/// Parses a query such as "a=1&b".
///
/// @return The decoded names and values in order, or `nullopt` if an escape is malformed.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

/// Returns true if `text` is a label of a host name: 1 to 63 letters, digits and hyphens, without a hyphen at either end (RFC 1123,
/// section 2.1).
bool is_host_label(std::string_view text) noexcept;

/// The parsed URL of a service.
struct endpoint_url {
    std::string scheme;     ///< "https" or "http".
    std::string host;       ///< The host in lower case; an IPv6 address is in brackets.
    std::uint16_t port = 0; ///< The port; 0: the default of the scheme.
    std::string path;       ///< The path, unchanged: "", "/base", "/base/".
};

/// Parses a URL such as "https://example.com:8443/base". A user name and password are dropped, so that they are never sent.
///
/// @return The parts, or `nullopt` for another scheme, a missing host, an invalid port, spaces, a query or a fragment.
std::optional<endpoint_url> parse_endpoint(std::string_view url);

} // namespace parley

#endif
