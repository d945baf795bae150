// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Any text. Properties:
//   - percent-encoded text is decoded to the original and has only characters of a URI;
//   - `percent_decodes_to` agrees with `percent_decode`;
//   - a parsed query can be written and parsed again without a change;
//   - so can an endpoint, whose host contains no user.
#include "fuzz.hpp"

#include <parley/http/uri.hpp>

#include <string>

namespace {

void check_encoding(std::string_view text) {
    for (bool const path : {false, true}) {
        std::string encoded;
        if (path) parley::append_percent_encoded_path(encoded, text);
        else parley::append_percent_encoded(encoded, text);
        for (char c : encoded) {
            bool const alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            fuzz::must(alphanumeric || std::string_view("-._~%").find(c) != std::string_view::npos || (path && c == '/'),
                       "encoded text has only unreserved characters and escapes");
        }
        fuzz::must(parley::percent_decode(encoded) == text, "encoded text is decoded to the original");
        fuzz::must(parley::percent_decodes_to(encoded, text), "percent_decodes_to accepts the original");
    }
}

void check_query(std::string_view text) {
    auto const items = parley::parse_query(text);
    if (!items) return;
    std::string again;
    for (auto const& [name, value] : *items) {
        if (!again.empty()) again += '&';
        parley::append_percent_encoded(again, name);
        again += '=';
        parley::append_percent_encoded(again, value);
    }
    fuzz::must(parley::parse_query(again) == items, "a query is read as it was written");
}

void check_endpoint(std::string_view text) {
    auto const endpoint = parley::parse_endpoint(text);
    if (!endpoint) return;
    auto const& [scheme, host, port, path] = *endpoint;
    fuzz::must(scheme == "http" || scheme == "https", "an endpoint has one of two schemes");
    fuzz::must(!host.empty() && host.find_first_of("@/?#") == std::string::npos, "a host is nothing but one");
    fuzz::must(path.empty() || path.starts_with('/'), "a path begins with a slash");
    auto const again = parley::parse_endpoint(scheme + "://" + host + (port ? ':' + std::to_string(port) : "") + path);
    fuzz::must(again && again->scheme == scheme && again->host == host && again->port == port && again->path == path,
               "an endpoint is read as it was written");
}

} // namespace

void fuzz::try_text(std::string_view text) {
    check_encoding(text);
    if (auto const decoded = parley::percent_decode(text)) {
        must(parley::percent_decodes_to(text, *decoded), "percent_decodes_to agrees with percent_decode");
        must(!parley::percent_decodes_to(text, *decoded + 'x'), "and nothing else");
    } else {
        must(!parley::percent_decodes_to(text, text), "percent_decodes_to rejects malformed text");
    }
    check_query(text);
    check_endpoint(text);
    if (parley::is_host_label(text))
        must(parley::parse_endpoint("https://" + std::string(text)).has_value(), "a label is a host");
}
