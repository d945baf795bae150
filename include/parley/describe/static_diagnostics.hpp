// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_STATIC_DIAGNOSTICS_HPP
#define PARLEY_DESCRIBE_STATIC_DIAGNOSTICS_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

template <class...>
inline constexpr bool always_false = false;

// A static_assert message is a literal, so the name of the failing template shows the struct and the member:
// "mistake<app::query, 't', 'o', 'w', 'n'>". The name is spelled in characters, since clang 14 prints a class-type template argument as
// numbers.
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position, class Indices>
struct spelled_out;
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position, std::size_t... I>
struct spelled_out<Mistake, Subject, Names, Position, std::index_sequence<I...>> {
    static constexpr bool reported = Mistake<Subject, Names[Position][I]...>::reported;
};

/// Fails to compile with a message about member number `Position` of `Subject`.
template <template <class, char...> class Mistake, class Subject, auto const& Names, std::size_t Position>
constexpr bool diagnose() {
    return spelled_out<Mistake, Subject, Names, Position, std::make_index_sequence<Names[Position].size()>>::reported;
}

} // namespace parley::detail

#endif
