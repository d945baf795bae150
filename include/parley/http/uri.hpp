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

/// Appends `text` with all but the unreserved characters (RFC 3986, section 2.3) percent-encoded, in capitals.
void append_percent_encoded(std::string& out, std::string_view text);
/// The same, but slashes stay: a greedy label.
void append_percent_encoded_path(std::string& out, std::string_view text);

/// `text` with its percent escapes decoded; nothing if one of them is none. A plus sign stays one.
std::optional<std::string> percent_decode(std::string_view text);

/// Whether `text` is what `encoded` decodes to. Needs no memory.
bool percent_decodes_to(std::string_view encoded, std::string_view text) noexcept;

/// Whether a percent sign is not followed by two hexadecimal digits.
bool has_bad_escape(std::string_view text) noexcept;

/// Whether `a` and `b` decode to the same text. A bad escape stands for itself. Needs no memory.
bool decode_to_same(std::string_view a, std::string_view b) noexcept;

/// The length of the beginning of `encoded` that is equivalent to `text`, or `npos` if it does not begin with it. An escape is the same as
/// its character unless that is reserved: "%2D" is "-", but "%3A", which is data, is not ":", which may delimit it (RFC 3986, sections 2.2
/// and 6.2.2).
std::size_t equivalent_prefix(std::string_view encoded, std::string_view text) noexcept;

/// The names and values of "a=1&b", decoded, in order; nothing if a percent escape is none.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

/// True for one label of a host's name: letters, digits and hyphens, none of the latter at an end, 63 at most (RFC 1123, 2.1).
bool is_host_label(std::string_view text) noexcept;

/// Where a service is.
struct endpoint_url {
    std::string scheme;     ///< "https" or "http"
    std::string host;       ///< lower case; an IPv6 address keeps its brackets
    std::uint16_t port = 0; ///< 0: the default of the scheme
    std::string path;       ///< as it was given: "", "/base", "/base/"
};

/// Reads "https://example.com:8443/base". Nothing if it is no address of that form: another scheme, no host, a bad port,
/// spaces, a query or fragment. A user name and password are dropped, so that they are sent to nobody.
std::optional<endpoint_url> parse_endpoint(std::string_view url);

} // namespace parley

#endif
