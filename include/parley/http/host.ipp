// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HOST_IPP
#define PARLEY_HTTP_HOST_IPP

#include <parley/core/text.hpp>
#include <parley/http/host.hpp>

#include <cstddef>

namespace parley::inline PARLEY_ABI {

namespace detail::host {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) noexcept { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
constexpr bool is_hex_digit(char c) noexcept { return is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }
constexpr bool is_unreserved_or_sub_delim(char c) noexcept {
    return is_digit(c) || is_alpha(c) || (c != '\0' && std::string_view("-._~!$&'()*+,;=").find(c) != std::string_view::npos);
}

// reg-name = *( unreserved / pct-encoded / sub-delims ). An IPv4 address is one as well.
inline bool is_registered_name(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_unreserved_or_sub_delim(text[i])) continue;
        if (text[i] != '%' || text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
        i += 2;
    }
    return true;
}

// dec-octet: 0 to 255 without leading zeros.
inline bool is_decimal_octet(std::string_view text) noexcept {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
    int value = 0;
    for (char const c : text) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    return value <= 255;
}

inline bool is_ipv4_address(std::string_view text) noexcept {
    for (int octet = 0; octet < 3; ++octet) {
        auto const dot = text.find('.');
        if (dot == text.npos || !is_decimal_octet(text.substr(0, dot))) return false;
        text.remove_prefix(dot + 1);
    }
    return is_decimal_octet(text);
}

inline bool is_16_bit_group(std::string_view text) noexcept {
    if (text.empty() || text.size() > 4) return false;
    for (char const c : text) {
        if (!is_hex_digit(c)) return false;
    }
    return true;
}

// Returns the number of 16-bit groups that "a:b:c" stands for, an IPv4 address at the end of the whole address as two; -1 if the
// text is invalid.
inline int count_groups(std::string_view text, bool at_end) noexcept {
    if (text.empty()) return 0;
    for (int count = 0;;) {
        auto const colon = text.find(':');
        auto const group = text.substr(0, colon);
        if (colon == text.npos && at_end && is_ipv4_address(group)) return count + 2;
        if (!is_16_bit_group(group)) return -1;
        ++count;
        if (colon == text.npos) return count;
        text.remove_prefix(colon + 1);
    }
}

// Eight groups, or fewer with one "::" that stands for at least one.
inline bool is_ipv6_address(std::string_view text) noexcept {
    auto const gap = text.find("::");
    if (gap == text.npos) return count_groups(text, true) == 8;
    int const before = count_groups(text.substr(0, gap), false), after = count_groups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
}

// "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
inline bool is_future_address(std::string_view text) noexcept {
    auto const dot = text.find('.');
    if (dot == text.npos || dot < 2 || ascii_lower(text[0]) != 'v' || dot + 1 == text.size()) return false;
    for (char const c : text.substr(1, dot - 1)) {
        if (!is_hex_digit(c)) return false;
    }
    for (char const c : text.substr(dot + 1)) {
        if (c != ':' && !is_unreserved_or_sub_delim(c)) return false;
    }
    return true;
}

// The part after the host: empty, or a colon and an optional port.
inline bool is_port_part(std::string_view text) noexcept {
    if (text.empty()) return true;
    if (text[0] != ':') return false;
    int value = 0;
    for (char const c : text.substr(1)) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
        if (value > 65535) return false;
    }
    return true;
}

inline bool is_scheme(std::string_view text) noexcept {
    if (text.empty() || !is_alpha(text[0])) return false;
    for (char const c : text) {
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return false;
    }
    return true;
}

} // namespace detail::host

bool is_host_and_port(std::string_view text) noexcept {
    using namespace detail::host;
    if (text.starts_with('[')) {
        auto const close = text.find(']');
        if (close == text.npos) return false;
        auto const address = text.substr(1, close - 1);
        return (is_ipv6_address(address) || is_future_address(address)) && is_port_part(text.substr(close + 1));
    }
    auto const name = text.substr(0, text.find(':'));
    return !name.empty() && is_registered_name(name) && is_port_part(text.substr(name.size()));
}

bool is_host_field(std::string_view value) noexcept { return value.empty() || is_host_and_port(value); }

std::optional<std::string_view> authority_of(std::string_view target) noexcept {
    auto const colon = target.find("://");
    if (colon == target.npos || !detail::host::is_scheme(target.substr(0, colon))) return std::nullopt;
    auto const rest = target.substr(colon + 3);
    return rest.substr(0, rest.find_first_of("/?#"));
}

bool is_request_target(std::string_view method, std::string_view target) noexcept {
    if (method == "CONNECT") return is_host_and_port(target) && target.find(':', target.find(']') + 1) != target.npos;
    if (target.starts_with('/')) return true;
    if (auto const authority = authority_of(target)) return is_host_and_port(*authority);
    return target == "*" && method == "OPTIONS";
}

} // namespace parley

#endif
