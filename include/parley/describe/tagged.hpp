// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_TAGGED_HPP
#define PARLEY_DESCRIBE_TAGGED_HPP

#include <parley/core/fixed_string.hpp>

#include <string>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI {

/// An alternative of a union with the name it has on the wire.
///
///     using setting = std::variant<parley::tagged<"text", std::string>, parley::tagged<"path", std::string>>;
///     setting s = parley::tagged<"path", std::string>{"/tmp"};      // {"path":"/tmp"}
///
/// A described struct needs none: its own name is the tag.
template <fixed_string Name, class T>
struct tagged {
    T value;

    static constexpr std::string_view name() noexcept { return Name.view(); }
    // Not defaulted: clang 14 would need `T` complete for that, which it is not in a union that holds maps of itself.
    friend bool operator==(tagged const& a, tagged const& b) { return a.value == b.value; }
};

/// What a union holds that came with a member the description does not have. Put it among the alternatives to keep the
/// name; without it such a union is an error.
struct unknown_member {
    std::string name;

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

/// The value of the alternative that is tagged `Name`, or null if the union holds another.
///
///     if (auto* path = parley::get_if<"path">(&s)) open(*path);
template <fixed_string Name, class... Alternatives>
constexpr auto* get_if(std::variant<Alternatives...>* value) noexcept {
    constexpr auto index = detail::index_of_tag<std::variant<Alternatives...>, Name>();
    static_assert(index < sizeof...(Alternatives), "this union has no alternative tagged with that name");
    auto* found = std::get_if<index>(value);
    return found ? &found->value : nullptr;
}
template <fixed_string Name, class... Alternatives>
constexpr auto const* get_if(std::variant<Alternatives...> const* value) noexcept {
    return get_if<Name>(const_cast<std::variant<Alternatives...>*>(value));
}

} // namespace parley

#endif
