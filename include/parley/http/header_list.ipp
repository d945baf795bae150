// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADER_LIST_IPP
#define PARLEY_HTTP_HEADER_LIST_IPP

#include <parley/core/text.hpp>
#include <parley/http/header_list.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI::detail {

void append_header_list_item(std::string& out, std::string_view item) {
    if (!out.empty()) out += ", ";
    // Surrounding whitespace is not part of an item, and empty items are ignored: RFC 9110, sections 5.5 and 5.6.1.
    bool const bare = !item.empty() && item == trim(item);
    if (bare && item.find_first_of(",\"") == item.npos) {
        out += item;
        return;
    }
    out += '"';
    for (char c : item) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

std::optional<std::vector<std::string>> split_header_list(std::string_view value) {
    std::vector<std::string> items;
    value = trim(value);
    if (value.empty()) return items;
    std::size_t i = 0;
    while (true) {
        while (i < value.size() && (value[i] == ' ' || value[i] == '\t')) ++i;
        std::string item;
        if (i < value.size() && value[i] == '"') {
            for (++i; i < value.size() && value[i] != '"'; ++i) {
                if (value[i] == '\\' && i + 1 < value.size()) ++i;
                item += value[i];
            }
            if (i == value.size()) return std::nullopt; // no closing quote
            ++i;
            while (i < value.size() && (value[i] == ' ' || value[i] == '\t')) ++i;
            if (i < value.size() && value[i] != ',') return std::nullopt;
        } else {
            auto const end = std::min(value.find(',', i), value.size());
            item = trim(value.substr(i, end - i));
            i = end;
        }
        items.push_back(std::move(item));
        if (i >= value.size()) return items;
        ++i; // the comma
    }
}

std::optional<std::vector<std::string>> split_http_date_list(std::string_view value) {
    std::vector<std::string> items;
    value = trim(value);
    while (!value.empty()) {
        auto const inner_comma = value.find(',');
        if (inner_comma == value.npos) return std::nullopt;
        auto const end = value.find(',', inner_comma + 1);
        items.emplace_back(trim(value.substr(0, end)));
        value = end == value.npos ? std::string_view() : trim(value.substr(end + 1));
    }
    return items;
}

} // namespace parley::detail

#endif
