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

/// A header field. A view: those that `headers` show are valid until these change.
struct header {
    std::string_view name;
    std::string_view value;

    friend bool operator==(header const&, header const&) = default;
};

/// Header fields in the order they were added. Names are compared without case (RFC 9110, section 5.1).
///
///     parley::headers fields{{"accept", "application/json"}};
///     fields.set("x-trace", "17");
///     for (auto const& field : fields) write(field.name, field.value);
class headers {
    // How long the name and the value are that follow.
    struct lengths {
        std::size_t name, value;
    };

public:
    /// Goes through the fields, which it makes as it goes.
    class const_iterator {
        struct arrow {
            header field;
            header const* operator->() const noexcept { return &field; }
        };

    public:
        using value_type = header;
        using reference = header;
        using pointer = arrow;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag; // of C++17, which wants references for more
        using iterator_concept = std::forward_iterator_tag;

        const_iterator() = default;
        header operator*() const noexcept {
            auto const [name, value] = ahead();
            auto const* const text = at_ + sizeof(lengths);
            return {{text, name}, {text + name, value}};
        }
        arrow operator->() const noexcept { return {**this}; }
        const_iterator& operator++() noexcept {
            auto const [name, value] = ahead();
            at_ += sizeof(lengths) + name + value;
            return *this;
        }
        const_iterator operator++(int) noexcept {
            auto const before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const_iterator, const_iterator) = default;

    private:
        friend class headers;
        explicit const_iterator(char const* at) noexcept : at_(at) {}
        lengths ahead() const noexcept {
            lengths all;
            std::memcpy(&all, at_, sizeof all);
            return all;
        }
        char const* at_ = nullptr;
    };
    using iterator = const_iterator;
    using value_type = header;

    headers() = default;
    headers(std::initializer_list<header> fields);

    void add(std::string_view name, std::string_view value);
    /// Replaces all fields of that name.
    void set(std::string_view name, std::string_view value);
    /// Returns how many fields there were.
    std::size_t erase(std::string_view name);

    /// The value of the first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    const_iterator begin() const noexcept { return const_iterator(fields_.data()); }
    const_iterator end() const noexcept { return const_iterator(fields_.data() + fields_.size()); }
    std::size_t size() const noexcept;
    bool empty() const noexcept { return fields_.empty(); }
    /// Makes room for as many fields as that, of usual length.
    void reserve(std::size_t count) { fields_.reserve(count * 64); }

    friend bool operator==(headers const&, headers const&) = default;

private:
    static void append(std::string& to, std::string_view name, std::string_view value);
    std::string all_but(std::string_view name) const;

    std::string fields_; // one after the other in one piece of memory, each after its lengths
};

/// True for a token (RFC 9110, section 5.6.2).
bool is_header_name(std::string_view name) noexcept;
/// True for what a field value can be (RFC 9110, section 5.5): no line breaks and no NUL, so that no value can add a field.
bool is_header_value(std::string_view value) noexcept;

} // namespace parley

#endif
