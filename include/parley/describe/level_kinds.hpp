// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_LEVEL_KINDS_HPP
#define PARLEY_DESCRIBE_LEVEL_KINDS_HPP

#include <parley/describe/members.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/traits.hpp>
#include <parley/describe/value_access.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI::detail {

template <class T>
struct shape_table;

// A tagged union is a std::variant, or a struct derived from one: such a struct can be recursive and have traits.
template <class... A>
std::variant<A...> variant_within(std::variant<A...> const*);
template <class T>
concept is_tagged_union = requires(T const* value) {
    variant_within(value);
};

template <class T>
concept map_like = requires(T& map, std::string text) {
    typename T::key_type;
    typename T::mapped_type;
    map.find(typename T::key_type{});
    map.begin()->second;
    map.erase(map.begin());
    map.size();
};

template <class T>
concept list_like =
    !is_text<T> && !is_bytes<T> && (is_vector<T> || (!map_like<T> && requires(T & list, typename T::value_type item) {
                                        list.begin() != list.end();
                                        list.size();
                                        requires requires { list.push_back(std::move(item)); } || requires {
                                            list.insert(std::move(item));
                                        };
                                    }));

/// The kind of a value and of its nested items or mapped values, to the depth that constraints can reach.
struct level_kinds {
    std::array<shape_kind, member_traits::max_levels> kinds{};
    std::size_t count = 0; ///< number of levels; a structure or union is the last
};

// Inspects types rather than shapes: the shape of a list or map may be incomplete here if the struct is recursive.
template <class Value>
constexpr void add_kinds(level_kinds& levels) {
    if (levels.count == levels.kinds.size()) return;
    auto& kind = levels.kinds[levels.count++];
    if constexpr (is_described<Value>) {
        kind = shape_kind::structure;
    } else if constexpr (is_tagged_union<Value>) {
        kind = shape_kind::tagged_union;
    } else if constexpr (map_like<Value>) {
        kind = shape_kind::map;
        add_kinds<typename value_access_of<typename Value::mapped_type>::value>(levels);
    } else if constexpr (list_like<Value>) {
        kind = shape_kind::list;
        add_kinds<typename value_access_of<typename Value::value_type>::value>(levels);
    } else {
        kind = shape_table<Value>::value.kind;
    }
}
template <class Value>
inline constexpr level_kinds kinds_of = [] {
    level_kinds levels;
    add_kinds<Value>(levels);
    return levels;
}();

constexpr bool fits(constraint const& c, shape_kind kind) {
    if (kind == shape_kind::structure || kind == shape_kind::tagged_union) return false;
    bool const text = kind == shape_kind::text || kind == shape_kind::enumeration;
    bool const many = kind == shape_kind::list || kind == shape_kind::map;
    if (c.has_length && !text && !many && kind != shape_kind::blob) return false;
    if (c.has_range && kind != shape_kind::integer && kind != shape_kind::floating) return false;
    if (!c.pattern.empty() && !text) return false;
    if (c.unique_items && kind != shape_kind::list) return false;
    return true;
}

/// Returns true if all constraints of a member apply to values of these kinds.
constexpr bool fits(member_traits const& t, level_kinds const& levels) {
    for (std::size_t i = 0; i < t.used_levels(); ++i) {
        if (i == levels.count || !fits(t.levels[i].value, levels.kinds[i])) return false;
        bool const has_keys = levels.kinds[i] == shape_kind::map;
        if (!t.levels[i].keys.empty() && !(has_keys && fits(t.levels[i].keys, shape_kind::text))) return false;
    }
    return true;
}

} // namespace parley::detail

#endif
