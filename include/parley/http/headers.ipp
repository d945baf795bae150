// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADERS_IPP
#define PARLEY_HTTP_HEADERS_IPP

#include <parley/core/text.hpp>
#include <parley/http/headers.hpp>

#include <algorithm>
#include <iterator>

namespace parley::inline PARLEY_ABI {

headers::headers(std::initializer_list<header> fields) {
    reserve(fields.size());
    for (auto const& field : fields) add(field.name, field.value);
}

void headers::append(std::string& to, std::string_view name, std::string_view value) {
    lengths const all{name.size(), value.size()};
    to.append(reinterpret_cast<char const*>(&all), sizeof all).append(name).append(value);
}

// The name and the value may be views of `fields_`, so these functions build a new string before they release the old one.

void headers::add(std::string_view name, std::string_view value) {
    auto const size = fields_.size() + sizeof(lengths) + name.size() + value.size();
    if (size <= fields_.capacity()) return append(fields_, name, value);
    std::string larger;
    larger.reserve(std::max(size, 2 * fields_.capacity()));
    larger += fields_;
    append(larger, name, value);
    fields_.swap(larger);
}

void headers::set(std::string_view name, std::string_view value) {
    if (!contains(name)) return add(name, value);
    auto others = without(name);
    append(others, name, value);
    fields_.swap(others);
}

std::size_t headers::erase(std::string_view name) {
    if (!contains(name)) return 0;
    auto const before = size();
    auto others = without(name);
    fields_.swap(others);
    return before - size();
}

std::string headers::without(std::string_view name) const {
    std::string others;
    others.reserve(fields_.capacity());
    for (auto const& field : *this) {
        if (!detail::equals_ignore_case(field.name, name)) append(others, field.name, field.value);
    }
    return others;
}

std::optional<std::string_view> headers::find(std::string_view name) const noexcept {
    for (auto const& field : *this) {
        if (detail::equals_ignore_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::size_t headers::size() const noexcept { return static_cast<std::size_t>(std::distance(begin(), end())); }

bool is_header_name(std::string_view name) noexcept {
    for (char c : name) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (detail::ascii_lower(c) >= 'a' && detail::ascii_lower(c) <= 'z');
        if (!alphanumeric && std::string_view("!#$%&'*+-.^_`|~").find(c) == std::string_view::npos) return false;
    }
    return !name.empty();
}

bool is_header_value(std::string_view value) noexcept {
    for (char c : value) {
        auto const byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7f) return false;
    }
    return true;
}

} // namespace parley

#endif
