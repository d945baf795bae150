// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_MISTAKE_HPP
#define PARLEY_DESCRIBE_MISTAKE_HPP

#include <cstddef>
#include <string_view>
#include <utility>

namespace parley::detail {

template <class...>
inline constexpr bool never = false;

// The messages of static_assert are literals, so the struct and the member a mistake is about are shown by the name of
// the template that fails: "mistake<app::query, 't', 'o', 'w', 'n'>". Characters, since clang 14 prints a text that is
// one template argument as numbers.
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position>
consteval bool report() {
    constexpr std::string_view name = Names[Position];
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return Mistake<Subject, name[I]...>::reported;
    }(std::make_index_sequence<name.size()>{});
}

} // namespace parley::detail

#endif
