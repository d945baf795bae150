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
// The text before and after the name has the same size for all types.
inline constexpr std::size_t before_name = spelled<int>().find("T = int") + 4;
inline constexpr std::size_t around_name = spelled<int>().size() - 3;

/// Returns the name of `T` as the compiler spells it, with its namespaces: "app::weather".
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

// A copy of the name, so that the program does not contain the whole text of __PRETTY_FUNCTION__.
template <class T>
inline constexpr auto type_name_characters = [] {
    constexpr auto name = last_part(qualified_name<T>());
    std::array<char, name.size()> characters{};
    name.copy(characters.data(), name.size());
    return characters;
}();

/// Returns the name of `T` without namespaces: "weather". It is the default name of a shape or an error in a service.
template <class T>
constexpr std::string_view type_name() noexcept {
    auto const& characters = detail::type_name_characters<T>;
    return {characters.data(), characters.size()};
}

} // namespace parley::detail

#endif
