// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_BENCHMARKS_DOM_HPP
#define PARLEY_BENCHMARKS_DOM_HPP

// Converts between documents and structs for libraries without struct support: the code that a user writes by hand for each member. An
// `Api` accesses and builds the documents of a library.

#include "plain.hpp"

#include <boost/mp11.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace bench {

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public>;

// Enumerations have few texts, so a linear search is fast.
template <class E>
bool assign_enum(E& value, std::string_view text) {
    return boost::describe::enum_from_string(std::string(text).c_str(), value);
}

template <class Api, class Node>
void take(Node const& node, std::string& value) {
    value = Api::text(node);
}
template <class Api, class Node>
void take(Node const& node, double& value) {
    value = Api::number(node);
}
template <class Api, class Node>
void take(Node const& node, int& value) {
    value = Api::integer(node);
}
template <class Api, class Node, class T>
void take(Node const& node, T& value);

template <class Api, class Node, class T>
void take(Node const& node, std::optional<T>& value) {
    take<Api>(node, value.emplace());
}
template <class Api, class Node, class T>
void take(Node const& node, std::vector<T>& items) {
    items.reserve(Api::size(node));
    Api::each(node, [&](auto const& item) { take<Api>(item, items.emplace_back()); });
}
template <class Api, class Node, class T>
void take(Node const& node, T& value) {
    if constexpr (std::is_enum_v<T>) {
        assign_enum(value, Api::text(node));
    } else {
        boost::mp11::mp_for_each<members_of<T>>([&](auto member) {
            if (auto* const found = Api::find(node, member.name)) take<Api>(*found, value.*member.pointer);
        });
    }
}

} // namespace bench

#endif
