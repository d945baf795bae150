// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_TAGGED_HPP
#define PARLEY_DESCRIBE_TAGGED_HPP

#include <parley/core/fixed_string.hpp>

#include <string>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI {

/// An alternative of a union with an explicit name on the wire.
///
///     using setting = std::variant<parley::tagged<"text", std::string>, parley::tagged<"path", std::string>>;
///     setting s = parley::tagged<"path", std::string>{"/tmp"};      // {"path":"/tmp"}
///
/// A described struct needs no wrapper: its own name is the tag.
///
/// @tparam Name The name on the wire.
/// @tparam T    The type of the value.
template <fixed_string Name, class T>
struct tagged {
    T value; ///< The value.

    /// Returns the name on the wire.
    static constexpr std::string_view name() noexcept { return Name.view(); }
    // Not defaulted: clang 14 would require `T` to be complete, which it is not in a recursive union.
    /// Compares the values.
    friend bool operator==(tagged const& a, tagged const& b) { return a.value == b.value; }
};

/// The alternative of a union that was received with an unknown member.
///
/// A variant with this alternative stores the name of the member. For a variant without it, such a union is a decoding error.
struct unknown_member {
    std::string name; ///< The name of the unknown member.

    /// Compares the names.
    friend bool operator==(unknown_member const&, unknown_member const&) = default;
};

namespace detail {

template <class Variant, fixed_string Name, std::size_t I = 0>
constexpr std::size_t index_of_tag() {
    if constexpr (I == std::variant_size_v<Variant>) {
        return I;
    } else {
        using alternative = std::variant_alternative_t<I, Variant>;
        if constexpr (requires { {alternative::name()}; }) {
            if (alternative::name() == Name.view()) return I;
        }
        return index_of_tag<Variant, Name, I + 1>();
    }
}

} // namespace detail

/// Returns the value of the alternative tagged `Name`, or null if another alternative is active.
///
///     if (auto* path = parley::get_if<"path">(&s)) open(*path);
template <fixed_string Name, class... Alternatives>
constexpr auto* get_if(std::variant<Alternatives...>* value) noexcept {
    constexpr auto index = detail::index_of_tag<std::variant<Alternatives...>, Name>();
    static_assert(index < sizeof...(Alternatives), "parley: the union has no alternative tagged with this name");
    auto* found = std::get_if<index>(value);
    return found ? &found->value : nullptr;
}
/// Returns the value of the alternative tagged `Name`, or null if another alternative is active.
template <fixed_string Name, class... Alternatives>
constexpr auto const* get_if(std::variant<Alternatives...> const* value) noexcept {
    return get_if<Name>(const_cast<std::variant<Alternatives...>*>(value));
}

} // namespace parley

#endif
