// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADERS_HPP
#define PARLEY_HTTP_HEADERS_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// A header field.
struct header {
    std::string name;
    std::string value;

    friend bool operator==(header const&, header const&) = default;
};

/// Header fields in the order they were added. Names are compared without case (RFC 9110, section 5.1).
class headers {
public:
    headers() = default;
    headers(std::initializer_list<header> fields) : fields_(fields) {}

    void add(std::string name, std::string value);
    /// Replaces all fields of that name.
    void set(std::string name, std::string value);
    /// Returns how many fields there were.
    std::size_t erase(std::string_view name);

    /// The value of the first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }
    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    void reserve(std::size_t count) { fields_.reserve(count); }

    friend bool operator==(headers const&, headers const&) = default;

private:
    std::vector<header> fields_;
};

/// True for a token (RFC 9110, section 5.6.2).
bool is_header_name(std::string_view name) noexcept;
/// True for what a field value can be (RFC 9110, section 5.5): no line breaks and no NUL, so that no value can add a field.
bool is_header_value(std::string_view value) noexcept;

} // namespace parley

#endif
