// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_TEXT_SHAPE_HPP
#define PARLEY_DESCRIBE_TEXT_SHAPE_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Properties of a text, or of bytes, that is assigned to a value.
struct text_source {
    bool lasting = false;                        ///< The text outlives the value: a view may refer to it.
    std::pmr::memory_resource* memory = nullptr; ///< Memory for a copy; null: the type's own allocator.
};

/// Accesses a text whose type is not std::string, or bytes whose type is not parley::blob.
struct text_shape {
    /// Assigns a text. Returns false for a view if the text does not outlive it and there is no memory for a copy.
    bool (*assign)(void* value, std::string_view text, text_source const& source) = nullptr;
    std::string_view (*view)(void const* value) = nullptr; ///< Returns the text.
    bool borrows = false;                                  ///< The type is a view.
};

namespace detail {

/// Specialized for each type with a `text_shape`.
template <class T>
struct text_of {};

// Returns the text itself, or a copy in the memory of the source; `nullopt` if neither is possible.
inline std::optional<std::string_view> make_lasting(std::string_view text, text_source const& source) {
    if (source.lasting) return text;
    if (text.empty()) return std::string_view("");
    if (!source.memory) return std::nullopt;
    auto* const copy = static_cast<char*>(source.memory->allocate(text.size(), 1));
    text.copy(copy, text.size());
    return std::string_view(copy, text.size());
}

template <>
struct text_of<std::string_view> {
    static bool assign(void* value, std::string_view text, text_source const& source) {
        auto const lasting = make_lasting(text, source);
        *static_cast<std::string_view*>(value) = lasting ? *lasting : std::string_view();
        return lasting.has_value();
    }
    static std::string_view view(void const* value) { return *static_cast<std::string_view const*>(value); }
    static constexpr text_shape table{&assign, &view, true};
};

template <>
struct text_of<std::span<std::byte const>> {
    using type = std::span<std::byte const>;
    static bool assign(void* value, std::string_view text, text_source const& source) {
        std::string_view lasting;
        bool const assigned = text_of<std::string_view>::assign(&lasting, text, source);
        *static_cast<type*>(value) = {reinterpret_cast<std::byte const*>(lasting.data()), lasting.size()};
        return assigned;
    }
    static std::string_view view(void const* value) {
        auto const bytes = *static_cast<type const*>(value);
        return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    }
    static constexpr text_shape table{&assign, &view, true};
};

template <class T>
inline constexpr bool takes_memory = false;
template <class T>
    requires requires { typename T::allocator_type; }
inline constexpr bool takes_memory<T> =
    std::is_same_v<typename T::allocator_type, std::pmr::polymorphic_allocator<typename T::value_type>>;

// A container with any allocator that owns its bytes.
template <class T>
struct owning_text_of {
    static bool assign(void* value, std::string_view text, text_source const& source) {
        using character = typename T::value_type;
        auto& to = *static_cast<T*>(value);
        auto const* const first = reinterpret_cast<character const*>(text.data());
        if constexpr (takes_memory<T>) {
            if (source.memory && to.get_allocator().resource() != source.memory) {
                to.~T();
                ::new (value) T(source.memory);
            }
        }
        return to.assign(first, first + text.size()), true;
    }
    static std::string_view view(void const* value) {
        auto const& from = *static_cast<T const*>(value);
        return {reinterpret_cast<char const*>(from.data()), from.size()};
    }
    static constexpr text_shape table{&assign, &view};
};
template <class Allocator>
struct text_of<std::basic_string<char, std::char_traits<char>, Allocator>>
    : owning_text_of<std::basic_string<char, std::char_traits<char>, Allocator>> {};
template <class Allocator>
struct text_of<std::vector<std::byte, Allocator>> : owning_text_of<std::vector<std::byte, Allocator>> {};

/// Text types, and byte types other than parley::blob.
template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string_view>;
template <class Allocator>
inline constexpr bool is_text<std::basic_string<char, std::char_traits<char>, Allocator>> = true;
template <class T>
inline constexpr bool is_bytes = std::is_same_v<T, std::span<std::byte const>>;
template <class Allocator>
inline constexpr bool is_bytes<std::vector<std::byte, Allocator>> = true;

} // namespace detail
} // namespace parley

#endif
