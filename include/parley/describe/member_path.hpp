// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_MEMBER_PATH_HPP
#define PARLEY_DESCRIBE_MEMBER_PATH_HPP

#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/structure.hpp>
#include <parley/describe/value_access.hpp>

#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI::detail {

template <class T, char... Name>
struct path_names_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: the operation's pagination names a member that the struct does not have or does not "
                                   "describe: correct the name (C++ names, nested members after a dot)");
};

/// One step of a path: the member of `T` named by the segment of `Path` that begins at `From`.
template <class T, auto const& Path, std::size_t From>
struct path_step_of {
    static constexpr std::size_t dot = Path.find('.', From);
    static constexpr std::array<std::string_view, 1> name{Path.substr(From, dot == Path.npos ? dot : dot - From)};
    using members = typename structure_of<T>::members;
    static constexpr std::size_t position = members::position_of(name[0]);

    static constexpr bool check() {
        if constexpr (position == members::count) return diagnose<path_names_no_described_member_of, T, name, 0>();
        return true;
    }
    static_assert(check());
    using descriptor = boost::mp11::mp_at_c<typename member_list<T>::type, position>;
    static constexpr bool last = dot == Path.npos;
};

/// Returns the member of `object` that `Path`, a static name without dots, names. It may be an optional or a box.
template <auto const& Path, class T>
auto& place_at(T& object) {
    return object.*path_step_of<T, Path, 0>::descriptor::pointer;
}

/// Returns the value that `Path` ("result.next") names in `object`, or null if it or a value on the path is absent.
template <auto const& Path, std::size_t From = 0, class T>
auto* value_at(T& object) {
    using step = path_step_of<T, Path, From>;
    auto& place = object.*step::descriptor::pointer;
    using place_access = value_access_of<std::remove_cvref_t<decltype(place)>>;
    auto* const value = static_cast<typename place_access::value*>(const_cast<void*>(place_access::get_if(&place)));
    if constexpr (step::last) {
        return value;
    } else {
        using result = decltype(value_at<Path, step::dot + 1>(*value));
        return value ? value_at<Path, step::dot + 1>(*value) : result(nullptr);
    }
}

} // namespace parley::detail

#endif
