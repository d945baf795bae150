// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADERS_IPP
#define PARLEY_HTTP_HEADERS_IPP

#include <parley/core/text.hpp>
#include <parley/http/headers.hpp>

#include <utility>

namespace parley {

void headers::add(std::string name, std::string value) { fields_.push_back({std::move(name), std::move(value)}); }

void headers::set(std::string name, std::string value) {
    erase(name);
    add(std::move(name), std::move(value));
}

std::size_t headers::erase(std::string_view name) {
    return std::erase_if(fields_, [name](header const& field) { return equals_ignore_case(field.name, name); });
}

std::optional<std::string_view> headers::find(std::string_view name) const noexcept {
    for (auto const& field : fields_) {
        if (equals_ignore_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

bool is_header_name(std::string_view name) noexcept {
    for (char c : name) {
        bool const alphanumeric = (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
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
