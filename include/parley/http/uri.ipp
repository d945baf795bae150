// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_URI_IPP
#define PARLEY_HTTP_URI_IPP

#include <parley/core/detail/lower_case.hpp>
#include <parley/core/number.hpp>
#include <parley/core/text.hpp>
#include <parley/http/uri.hpp>

namespace parley::inline PARLEY_ABI {

namespace detail::uri {

// The set of characters that are not encoded.
struct plain_characters {
    bool has[256]{};

    constexpr explicit plain_characters(std::string_view more) {
        for (auto const all : {std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~"), more}) {
            for (char const c : all) has[static_cast<unsigned char>(c)] = true;
        }
    }
};
inline constexpr plain_characters unreserved(""), unreserved_and_slash("/");

inline void append_encoded(std::string& out, std::string_view text, plain_characters const& plain) {
    auto const* const end = text.data() + text.size();
    for (auto const* at = text.data(); at != end;) {
        auto const* const begin = at;
        while (at != end && plain.has[static_cast<unsigned char>(*at)]) ++at;
        out.append(begin, at);
        if (at == end) return;
        auto const byte = static_cast<unsigned char>(*at++);
        char const escape[] = {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        out.append(escape, sizeof escape);
    }
}

inline int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// A character of a percent-encoded text.
struct character {
    int byte;
    bool escaped;
    std::size_t size; // of its encoded form
};

inline character first_character(std::string_view text) noexcept {
    if (text[0] == '%' && text.size() >= 3) {
        auto const high = hex_digit(text[1]), low = hex_digit(text[2]);
        if (high >= 0 && low >= 0) return {high * 16 + low, true, 3};
    }
    return {static_cast<unsigned char>(text[0]), false, 1};
}

inline bool equivalent(character const& a, character const& b) noexcept {
    constexpr std::string_view reserved = ":/?#[]@!$&'()*+,;=%"; // RFC 3986, section 2.2, and the escape itself
    return a.byte == b.byte && (a.escaped == b.escaped || reserved.find(static_cast<char>(a.byte)) == reserved.npos);
}

} // namespace detail::uri

void append_percent_encoded(std::string& out, std::string_view text) {
    detail::uri::append_encoded(out, text, detail::uri::unreserved);
}
void append_percent_encoded_path(std::string& out, std::string_view text) {
    detail::uri::append_encoded(out, text, detail::uri::unreserved_and_slash);
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out(text);
    auto to = out.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            *to++ = text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        auto const high = detail::uri::hex_digit(text[i + 1]), low = detail::uri::hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        *to++ = static_cast<char>(high * 16 + low);
        i += 2;
    }
    out.erase(to, out.end());
    return out;
}

bool percent_decodes_to(std::string_view encoded, std::string_view text) noexcept {
    std::size_t i = 0;
    for (char c : text) {
        if (i == encoded.size()) return false;
        if (encoded[i] == '%') {
            if (encoded.size() - i < 3) return false;
            auto const high = detail::uri::hex_digit(encoded[i + 1]), low = detail::uri::hex_digit(encoded[i + 2]);
            if (high < 0 || low < 0 || static_cast<char>(high * 16 + low) != c) return false;
            i += 3;
        } else if (encoded[i++] != c) {
            return false;
        }
    }
    return i == encoded.size();
}

bool has_bad_escape(std::string_view text) noexcept {
    for (auto at = text.find('%'); at != text.npos; at = text.find('%', at + 3)) {
        if (!detail::uri::first_character(text.substr(at)).escaped) return true;
    }
    return false;
}

bool decode_to_same(std::string_view a, std::string_view b) noexcept {
    while (!a.empty() && !b.empty()) {
        auto const left = detail::uri::first_character(a), right = detail::uri::first_character(b);
        if (left.byte != right.byte) return false;
        a.remove_prefix(left.size);
        b.remove_prefix(right.size);
    }
    return a.empty() && b.empty();
}

std::size_t equivalent_prefix(std::string_view encoded, std::string_view text) noexcept {
    auto rest = encoded;
    while (!text.empty()) {
        if (rest.empty()) return encoded.npos;
        auto const left = detail::uri::first_character(rest), right = detail::uri::first_character(text);
        if (!detail::uri::equivalent(left, right)) return encoded.npos;
        rest.remove_prefix(left.size);
        text.remove_prefix(right.size);
    }
    return encoded.size() - rest.size();
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> items;
    while (!query.empty()) {
        auto const end = query.find('&');
        auto const item = query.substr(0, end);
        query = end == query.npos ? std::string_view() : query.substr(end + 1);
        if (item.empty()) continue;
        auto const equals = item.find('=');
        auto name = percent_decode(item.substr(0, equals));
        auto value = percent_decode(equals == item.npos ? std::string_view() : item.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        items.emplace_back(std::move(*name), std::move(*value));
    }
    return items;
}

bool is_host_label(std::string_view text) noexcept {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    for (char c : text) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (detail::ascii_lower(c) >= 'a' && detail::ascii_lower(c) <= 'z');
        if (!alphanumeric && c != '-') return false;
    }
    return true;
}

std::optional<endpoint_url> parse_endpoint(std::string_view url) {
    for (char c : url) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '#' || c == '?' || c == '\\') return std::nullopt;
    }
    endpoint_url result;
    auto const colon = url.find("://");
    if (colon == url.npos) return std::nullopt;
    result.scheme = detail::lower_case(url.substr(0, colon));
    std::uint16_t const default_port = result.scheme == "https" ? 443 : 80;
    if (result.scheme != "https" && result.scheme != "http") return std::nullopt;
    url = url.substr(colon + 3);
    auto const slash = url.find('/');
    auto authority = url.substr(0, slash);
    if (slash != url.npos) result.path = url.substr(slash);
    if (auto const at = authority.rfind('@'); at != authority.npos) authority = authority.substr(at + 1);
    std::string_view host = authority, port;
    if (authority.starts_with('[')) {
        auto const close = authority.find(']');
        if (close == authority.npos || close == 1) return std::nullopt;
        host = authority.substr(0, close + 1);
        port = authority.substr(close + 1);
        for (char c : host.substr(1, host.size() - 2)) {
            if (detail::uri::hex_digit(c) < 0 && c != ':' && c != '.') return std::nullopt;
        }
    } else {
        host = authority.substr(0, authority.find(':'));
        port = authority.substr(host.size());
        for (char c : host) {
            if (!detail::uri::unreserved.has[static_cast<unsigned char>(c)] && c != '*' && static_cast<unsigned char>(c) < 0x80)
                return std::nullopt;
        }
    }
    if (host.empty()) return std::nullopt;
    if (!port.empty()) {
        if (port[0] != ':') return std::nullopt;
        if (port.size() > 1) {
            auto const number = detail::parse_integer<std::uint16_t>(port.substr(1));
            if (!number || *number == 0) return std::nullopt;
            result.port = *number == default_port ? std::uint16_t{0} : *number;
        }
    }
    result.host = detail::lower_case(host);
    return result;
}

} // namespace parley

#endif
