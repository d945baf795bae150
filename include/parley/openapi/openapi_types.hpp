// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_TYPES_HPP
#define PARLEY_OPENAPI_OPENAPI_TYPES_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

/// What is known of a type besides its table, which no protocol needs.
struct openapi_type {
    std::string_view qualified_name;     ///< empty: it has no name of its own
    bool open = false;                   ///< an enumeration, or the keys of a map, may have values that are not described
    bool unique = false;                 ///< a list that has no two equal items
    std::vector<std::int64_t> numbers{}; ///< of an enumeration that travels as numbers
    std::string name{};                  ///< in the document
};

/// The types that operations know of.
class openapi_types {
public:
    template <class T>
    void add() {
        using type = typename value_access_of<T>::value;
        auto const [found, is_new] = all_.try_emplace(&shape_table<type>::value);
        if (is_new) describe<type>(found->second);
    }

    /// An operation: types within it are named as parts of it.
    void add_scope(std::string_view qualified_name) { scopes_.push_back(qualified_name); }

    /// Gives each type that has a name one that no other has: the last part of its own; where that is not enough, all of it. An
    /// enumeration that is used both as it is and as an open one has two.
    void give_names() {
        std::map<std::string, std::set<std::string_view>> uses;
        std::set<std::string_view> closed;
        for (auto& [what, type] : all_) {
            uses[type.name = brief(type.qualified_name)].insert(type.qualified_name);
            if (!type.open) closed.insert(type.qualified_name);
        }
        for (auto& [what, type] : all_) {
            if (uses[type.name].size() > 1) type.name = clean(type.qualified_name);
        }
        for (auto& [what, type] : all_) {
            if (type.open && closed.contains(type.qualified_name)) type.name += ".open";
        }
    }

    openapi_type const& at(shape const& what) const { return all_.at(&what); }

private:
    template <class T>
    void describe(openapi_type& type) {
        constexpr auto kind = shape_table<T>::value.kind;
        if constexpr (kind == shape_kind::structure) {
            type.qualified_name = qualified_name<T>();
            add_members<T>(static_cast<typename member_list<T>::type*>(nullptr));
        } else if constexpr (kind == shape_kind::tagged_union) {
            using variant = decltype(variant_within(static_cast<T const*>(nullptr)));
            if constexpr (!std::is_same_v<T, variant>) type.qualified_name = qualified_name<T>();
            add_alternatives(static_cast<variant*>(nullptr));
        } else if constexpr (kind == shape_kind::list) {
            type.unique = !requires(T & list, typename T::value_type item) { list.push_back(std::move(item)); };
            add<typename T::value_type>();
        } else if constexpr (kind == shape_kind::map) {
            type.open = is_open_enum<typename T::key_type>::value;
            add<typename T::mapped_type>();
        } else if constexpr (is_open_enum<T>::value) {
            type.open = true;
            type.qualified_name = qualified_name<typename T::enum_type>();
        } else if constexpr (std::is_enum_v<T> && kind == shape_kind::enumeration) {
            type.qualified_name = qualified_name<T>();
        } else if constexpr (std::is_enum_v<T>) {
            if constexpr (boost::describe::has_describe_enumerators<T>::value) {
                for (auto const& each : enumerators_of<T>()) type.numbers.push_back(static_cast<std::int64_t>(each.value));
            }
        }
    }

    // No folds: clang 14 nests them no deeper than 256.
    template <class T, template <class...> class List, class... D>
    void add_members(List<D...>*) {
        using in_order = int[];
        static_cast<void>(in_order{0, (add<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>>(), 0)...});
    }
    template <class... A>
    void add_alternatives(std::variant<A...>*) {
        using in_order = int[];
        static_cast<void>(in_order{0, (add_alternative<A>(), 0)...});
    }
    template <class A>
    void add_alternative() {
        if constexpr (is_data_alternative<A>) add<typename alternative<A>::place>();
    }

    std::string brief(std::string_view qualified) const {
        for (auto const scope : scopes_) {
            if (qualified.starts_with(scope) && qualified.substr(scope.size()).starts_with("::"))
                return clean(qualified.substr(last_part(scope)));
        }
        return clean(qualified.substr(last_part(qualified)));
    }
    static std::size_t last_part(std::string_view qualified) {
        auto const colon = qualified.substr(0, qualified.find('<')).rfind(':');
        return colon == qualified.npos ? 0 : colon + 1;
    }
    // "All objects must use keys that match the regular expression ^[a-zA-Z0-9\.\-_]+$":
    // https://spec.openapis.org/oas/v3.1.0#components-object
    static std::string clean(std::string_view qualified) {
        std::string out;
        for (std::size_t i = 0; i < qualified.size(); ++i) {
            char const c = qualified[i];
            bool const alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (qualified.substr(i).starts_with("::")) out += '.', ++i;
            else out += alphanumeric || c == '_' ? c : '_';
        }
        return out;
    }

    std::map<shape const*, openapi_type> all_;
    std::vector<std::string_view> scopes_;
};

} // namespace parley::detail

#endif
