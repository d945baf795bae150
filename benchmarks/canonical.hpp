// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_BENCHMARKS_CANONICAL_HPP
#define PARLEY_BENCHMARKS_CANONICAL_HPP

// A canonical text for each value, the same for all libraries: absent members are omitted, times are whole milliseconds.

#include <parley/describe/open_enum.hpp>
#include <parley/describe/tagged.hpp>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace bench {

template <class T>
void append_canonical(std::string& out, T const& value);

inline void append_canonical(std::string& out, std::string const& text) {
    out.append(std::to_string(text.size())).append(1, ':').append(text);
}
template <class E>
void append_canonical(std::string& out, parley::open_enum<E> const& value) {
    if (value.is_known()) append_canonical(out, *value.value());
    else append_canonical(out, std::string(value.unknown_text()));
}
template <class D>
void append_canonical(std::string& out, std::chrono::time_point<std::chrono::system_clock, D> const& when) {
    out.append(std::to_string(std::chrono::floor<std::chrono::milliseconds>(when).time_since_epoch().count()));
}
template <class T>
void append_canonical(std::string& out, std::vector<T> const& items) {
    out += '[';
    for (auto const& item : items) append_canonical(out, item), out += ',';
    out += ']';
}

template <class T>
void append_member(std::string& out, std::string_view name, T const& value) {
    out.append(name).append(1, '=');
    append_canonical(out, value);
    out += ';';
}
template <class T>
void append_member(std::string& out, std::string_view name, std::optional<T> const& value) {
    if (value) append_member(out, name, *value);
}

inline void append_alternative(std::string&, std::monostate const&) {}
inline void append_alternative(std::string& out, parley::unknown_member const& value) { out += value.name; }
template <parley::fixed_string Name, class T>
void append_alternative(std::string& out, parley::tagged<Name, T> const& value) {
    append_member(out, Name.view(), value.value);
}
template <class... A>
void append_union(std::string& out, std::variant<A...> const& value) {
    std::visit([&out](auto const& held) { append_alternative(out, held); }, value);
}

template <class T>
void append_canonical(std::string& out, T const& value) {
    if constexpr (std::is_floating_point_v<T>) {
        out += std::to_string(std::llround(value * 1000));
    } else if constexpr (std::is_arithmetic_v<T>) {
        out += std::to_string(value);
    } else if constexpr (std::is_enum_v<T>) {
        append_canonical(out, std::string(boost::describe::enum_to_string(value, "?")));
    } else if constexpr (requires { append_union(out, value); }) {
        out += '{';
        append_union(out, value);
        out += '}';
    } else {
        out += '{';
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { append_member(out, member.name, value.*member.pointer); });
        out += '}';
    }
}

template <class T>
std::string canonical(T const& value) {
    std::string out;
    append_canonical(out, value);
    return out;
}

} // namespace bench

#endif
