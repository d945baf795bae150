// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADERS_HPP
#define PARLEY_HTTP_HEADERS_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A view of a header field. The fields of a `headers` object are valid until the object changes.
struct header {
    std::string_view name;  ///< The field name.
    std::string_view value; ///< The field value.

    /// Compares name and value, case-sensitively.
    friend bool operator==(header const&, header const&) = default;
};

/// A list of header fields in insertion order. Names are compared case-insensitively (RFC 9110, section 5.1).
///
///     parley::headers fields{{"accept", "application/json"}};
///     fields.set("x-trace", "17");
///     for (auto const& field : fields) write(field.name, field.value);
class headers {
    // The sizes of the name and the value that follow.
    struct lengths {
        std::size_t name, value;
    };

public:
    /// Iterates over the fields. Dereferencing returns a `header` by value.
    class const_iterator {
        struct arrow {
            header field;
            header const* operator->() const noexcept { return &field; }
        };

    public:
        using value_type = header;                          ///< The type of a field.
        using reference = header;                           ///< Fields are returned by value.
        using pointer = arrow;                              ///< The result of `operator->`.
        using difference_type = std::ptrdiff_t;             ///< The type of a distance.
        using iterator_category = std::input_iterator_tag;  ///< C++17 requires references for more.
        using iterator_concept = std::forward_iterator_tag; ///< The category in C++20.

        /// Creates a singular iterator.
        const_iterator() = default;
        /// Returns the field.
        header operator*() const noexcept {
            auto const [name, value] = next_lengths();
            auto const* const text = at_ + sizeof(lengths);
            return {{text, name}, {text + name, value}};
        }
        /// Accesses the field.
        arrow operator->() const noexcept { return {**this}; }
        /// Moves to the next field.
        const_iterator& operator++() noexcept {
            auto const [name, value] = next_lengths();
            at_ += sizeof(lengths) + name + value;
            return *this;
        }
        /// Moves to the next field and returns the previous position.
        const_iterator operator++(int) noexcept {
            auto const before = *this;
            ++*this;
            return before;
        }
        /// Returns true if both iterators refer to the same field.
        friend bool operator==(const_iterator, const_iterator) = default;

    private:
        friend class headers;
        explicit const_iterator(char const* at) noexcept : at_(at) {}
        lengths next_lengths() const noexcept {
            lengths all;
            std::memcpy(&all, at_, sizeof all);
            return all;
        }
        char const* at_ = nullptr;
    };
    using iterator = const_iterator; ///< Fields cannot be modified through an iterator.
    using value_type = header;       ///< The type of a field.

    /// Creates an empty list.
    headers() = default;
    /// Adds `fields` in order.
    headers(std::initializer_list<header> fields);

    /// Appends a field. The arguments may be views of this object.
    void add(std::string_view name, std::string_view value);
    /// Replaces all fields named `name` by one. The arguments may be views of this object.
    void set(std::string_view name, std::string_view value);
    /// Removes all fields named `name` and returns their number.
    std::size_t erase(std::string_view name);

    /// Returns the value of the first field named `name`, or `nullopt`. Takes linear time.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// Returns true if there is a field named `name`. Takes linear time.
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    /// Returns an iterator to the first field.
    const_iterator begin() const noexcept { return const_iterator(fields_.data()); }
    /// Returns an iterator past the last field.
    const_iterator end() const noexcept { return const_iterator(fields_.data() + fields_.size()); }
    /// Returns the number of fields. Takes linear time.
    std::size_t size() const noexcept;
    /// Returns true if there are no fields.
    bool empty() const noexcept { return fields_.empty(); }
    /// Reserves memory for `count` fields of typical length.
    void reserve(std::size_t count) { fields_.reserve(count * 64); }

    /// Compares all fields in order, case-sensitively.
    friend bool operator==(headers const&, headers const&) = default;

private:
    static void append(std::string& to, std::string_view name, std::string_view value);
    std::string without(std::string_view name) const;

    std::string fields_; // all fields in one contiguous block, each preceded by its lengths
};

/// Returns true if `name` is a token (RFC 9110, section 5.6.2).
bool is_header_name(std::string_view name) noexcept;
/// Returns true if `value` is a valid field value (RFC 9110, section 5.5). It has no line breaks, so it cannot inject a field.
bool is_header_value(std::string_view value) noexcept;

} // namespace parley

#endif
