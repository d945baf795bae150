// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_OPENAPI_OPENAPI_TYPES_HPP
#define PARLEY_OPENAPI_OPENAPI_TYPES_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

/// Information about a type that its table does not have, because no protocol needs it.
struct openapi_type {
    std::string_view qualified_name;     ///< empty for types without a name
    bool open = false;                   ///< whether an enumeration, or the keys of a map, permit unknown values
    bool unique = false;                 ///< whether a list has unique items
    std::vector<std::int64_t> numbers{}; ///< values of an enumeration that is encoded as a number
    std::string name{};                  ///< name in the document
};

/// The types that operations refer to.
class openapi_types {
public:
    template <class T>
    void add() {
        using type = typename value_access_of<T>::value;
        auto const [entry, is_new] = all_.try_emplace(&shape_table<type>::value);
        if (is_new) describe<type>(entry->second);
    }

    /// Adds the name of an operation, which prefixes the names of nested types.
    void add_scope(std::string_view qualified_name) { scopes_.push_back(qualified_name); }

    /// Assigns a unique name to each named type: the last part of its qualified name, or all parts if that is ambiguous. An enumeration
    /// that is also used as an open enumeration has two names.
    void give_names();

    openapi_type const& at(shape const& type) const { return all_.at(&type); }

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

    // No fold expressions: clang 14 limits their nesting to 256.
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

    std::string brief(std::string_view qualified) const;

    std::map<shape const*, openapi_type> all_;
    std::vector<std::string_view> scopes_;
};

} // namespace parley::detail

#endif
