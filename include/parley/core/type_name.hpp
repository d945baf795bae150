// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_TYPE_NAME_HPP
#define PARLEY_CORE_TYPE_NAME_HPP

#include <parley/core/version.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// g++: "constexpr std::string_view parley::detail::spelled() [with T = app::weather; std::string_view = ...]"
// clang: "std::string_view parley::detail::spelled() [T = app::weather]"
template <class T>
constexpr std::string_view spelled() noexcept {
    return __PRETTY_FUNCTION__;
}
// What comes before and after the name is the same for all types.
inline constexpr std::size_t before_name = spelled<int>().find("T = int") + 4;
inline constexpr std::size_t around_name = spelled<int>().size() - 3;

/// The name of `T` as the compiler spells it, with its namespaces: "app::weather".
template <class T>
constexpr std::string_view qualified_name() noexcept {
    auto const text = detail::spelled<T>();
    return text.substr(detail::before_name, text.size() - detail::around_name);
}

constexpr std::string_view last_part(std::string_view name) noexcept {
    auto const arguments = name.find('<');
    auto const colon = name.substr(0, arguments).rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// A copy, so that programs have the name alone and not all that the compiler says of the function.
template <class T>
inline constexpr auto type_name_characters = [] {
    constexpr auto name = last_part(qualified_name<T>());
    std::array<char, name.size()> characters{};
    name.copy(characters.data(), name.size());
    return characters;
}();

/// The last part of the name of `T`: "weather". It is what a service calls a shape or an error.
template <class T>
constexpr std::string_view type_name() noexcept {
    auto const& characters = detail::type_name_characters<T>;
    return {characters.data(), characters.size()};
}

} // namespace parley::detail

#endif
