// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_STRUCTURE_HPP
#define PARLEY_DESCRIBE_STRUCTURE_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/level_kinds.hpp>
#include <parley/describe/members.hpp>
#include <parley/describe/named_traits.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/value_access.hpp>
#include <parley/describe/wire_name.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI::detail {

// Provides the addresses of the members of a `T` in constant expressions. The `T` is never constructed nor read.
template <class T>
union phantom {
    char bytes[sizeof(T)];
    T value;
    constexpr phantom() : bytes() {}
    constexpr ~phantom() {}
};
// Not emitted into programs. clang 14 allows constexpr variables of a union only if all its members are literal types.
#if defined(__clang__)
template <class T>
[[clang::no_destroy]] inline phantom<T> phantom_of;
#else
template <class T>
inline constexpr phantom<T> phantom_of;
#endif

// Returns the offset of `place` in the `size` bytes, searching from `near` on. In a constant expression the addresses cannot be subtracted.
constexpr std::size_t find_offset(char const* bytes, std::size_t size, void const* place, std::size_t near) {
    for (std::size_t i = 0; i < size; ++i) {
        auto const offset = (near + i) % size;
        if (static_cast<void const*>(bytes + offset) == place) return offset;
    }
    throw "unreachable: a member lies within its structure";
}

template <class T, char... Name>
struct two_members_have_the_same_wire_name_in {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: two members have the same name on the wire: give one of them another wire_name");
};

template <class T, char... Name>
struct a_member_is_const_in {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: this member is const, but decoding assigns to the members: remove the const from its "
                                   "declaration; to prevent changes, make the object const instead");
};

// The access of a member of type `Place`. Direct values can be cleared, too.
template <class Place>
inline constexpr value_access member_access = [] {
    using place_access = value_access_of<Place>;
    auto access = make_value_access<Place>(shape_table<typename place_access::value>::value);
    if constexpr (place_access::direct) access.clear = &place_access::clear;
    return access;
}();

/// The location of a member.
struct member_place {
    void const* address; // in the phantom
    std::size_t size, alignment;
};

template <class List>
struct names_in;
template <template <class...> class List, class... D>
struct names_in<List<D...>> {
    static constexpr std::array<std::string_view, sizeof...(D)> value{std::string_view(D::name)...};
};

// Sets the offset and position of each member of a struct of `size` bytes.
constexpr void set_offsets(member* members, member_place const* places, std::size_t count, char const* bytes, std::size_t size) {
    std::size_t end = 0; // of the previous member
    for (std::size_t i = 0; i < count; ++i) {
        auto const near = (end + places[i].alignment - 1) / places[i].alignment * places[i].alignment;
        auto const offset = find_offset(bytes, size, places[i].address, near);
        end = offset + places[i].size;
        members[i].offset = static_cast<std::uint32_t>(offset);
        members[i].position = static_cast<std::uint8_t>(i);
    }
}

// Sets what does not depend on the traits of a member. `nullable` is passed separately, since the access of a member may be incomplete.
constexpr void set_names_and_defaults(member* members, std::string_view const* names, std::string_view const* cpp_names,
                                      bool const* nullable, std::size_t count, timestamp_format format) {
    for (std::size_t i = 0; i < count; ++i) {
        auto& m = members[i];
        m.name = names[i];
        if (names[i] != cpp_names[i]) m.other_name = cpp_names[i];
        m.plain_name = needs_no_escape(names[i]);
        m.required = !nullable[i];
        m.format = format;
    }
}
constexpr bool has_default(member_traits const* traits, std::size_t count) {
    bool any = false;
    for (std::size_t i = 0; i < count; ++i) any |= traits[i].defaulted;
    return any;
}
constexpr structure_shape make_structure(member const* members, bool const* nullable, std::size_t count, key_index const& names) {
    structure_shape s;
    s.members = members;
    s.count = static_cast<std::uint16_t>(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (members[i].required) s.required.insert(i);
        if (!members[i].server_default.empty() && nullable[i]) s.server_defaults.insert(i);
    }
    s.names = names;
    return s;
}

// The list of members is not a template parameter, so that it is not part of the symbol name of each table.
template <class T>
struct members_of {
    using list = typename member_list<T>::type;
    static constexpr auto cpp_names = names_in<list>::value;
    static constexpr std::size_t count = cpp_names.size();
    static_assert(count < 255, "parley: a structure has at most 254 members: move some of them into a nested structure");
    static constexpr std::size_t position_of(std::string_view cpp_name) { return position_in(cpp_names.data(), count, cpp_name); }

    using named = named_traits<T, cpp_names>;
    static constexpr auto const& traits = traits_of<T>;
    static constexpr auto sources_of_names = name_sources(cpp_names, traits, named::positions);
    static constexpr spelled_names<count, size_of(sources_of_names)> spelled{sources_of_names};
    static constexpr auto characters = spelled.characters;
    static constexpr auto names = spelled.in(characters);
    static constexpr auto keys = make_key_table(names);

    static constexpr bool check_names() {
        if constexpr (keys.duplicate) {
            constexpr auto duplicate = [] {
                std::size_t i = 0;
                while (position_in(names.data(), count, names[i]) == i) ++i;
                return i;
            }();
            return diagnose<two_members_have_the_same_wire_name_in, T, cpp_names, duplicate>();
        }
        return true;
    }
    static_assert(check_names());

    template <class Descriptor>
    static constexpr bool is_const = std::is_const_v<std::remove_reference_t<decltype(std::declval<T&>().*Descriptor::pointer)>>;
    template <template <class...> class List, class... D>
    static constexpr std::size_t first_const(List<D...>*) {
        std::size_t position = 0;
        static_cast<void>((false || ... || (is_const<D> || (++position, false))));
        return position;
    }
    static constexpr bool check_const() {
        constexpr auto position = first_const(static_cast<list*>(nullptr));
        if constexpr (position < count) return diagnose<a_member_is_const_in, T, cpp_names, position>();
        return true;
    }
    static_assert(check_const());

    template <class Descriptor>
    using place = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
    template <class Descriptor>
    static void assign_default(void* at) {
        *static_cast<place<Descriptor>*>(at) = access::make<T>().*Descriptor::pointer;
    }
    template <template <class...> class List, class... D>
    static constexpr std::array<level_kinds, count> kinds_in(List<D...>*) {
        return {kinds_of<typename value_access_of<place<D>>::value>...};
    }
    static constexpr std::array<level_kinds, count> kinds = kinds_in(static_cast<list*>(nullptr));
    template <template <class...> class List, class... D>
    static constexpr std::array<bool, count> nullable_in(List<D...>*) {
        return {value_access_of<place<D>>::nullable...};
    }
    static constexpr std::array<bool, count> nullable = nullable_in(static_cast<list*>(nullptr));

    template <template <class...> class List, class... D>
    static constexpr std::array<member, count> make(List<D...>*) {
        auto const& phantom = phantom_of<T>;
        std::array<member, count> all{member(member_access<place<D>>)...};
        std::array<member_place, count> const places{
            member_place{&(phantom.value.*D::pointer), sizeof(place<D>), alignof(place<D>)}...};
        set_offsets(all.data(), places.data(), count, phantom.bytes, sizeof(T));
        set_names_and_defaults(all.data(), names.data(), cpp_names.data(), nullable.data(), count, traits.type.format);
        if constexpr (named::count > 0) named::template apply_all<kinds>(all.data());
        if constexpr (has_default(traits.members.data(), named::count)) {
            void (*assign_default_each[])(void*) = {&assign_default<D>...};
            for (std::size_t i = 0; i < named::count; ++i) {
                if (!traits.members[i].defaulted) continue;
                all[named::positions[i]].required = false;
                all[named::positions[i]].assign_default = assign_default_each[named::positions[i]];
            }
        }
        return all;
    }
    static constexpr std::array<member, count> table = make(static_cast<list*>(nullptr));
};

/// The shape of a described struct.
template <class T>
struct structure_of {
    using members = members_of<T>;
    static constexpr structure_shape table =
        make_structure(members::table.data(), members::nullable.data(), members::count, members::keys.index());
};

// Requires a plain struct name: compilers spell the names of other types differently.
template <class T>
struct alternative {
    static_assert(is_described<T> && type_name<T>().find('<') == std::string_view::npos,
                  "parley: this alternative of a union has no name on the wire, since it is not a described struct or is a "
                  "template specialization: wrap it in parley::tagged<\"name\", type>");
    using place = T;
    static constexpr std::string_view name = type_name<T>();
    static void* value_of(T& held) { return &held; }
};
template <class T>
struct alternative<box<T>> : alternative<T> {
    using place = box<T>;
    static void* value_of(box<T>& held) { return &held; }
};
template <fixed_string Name, class T>
struct alternative<tagged<Name, T>> {
    using place = T;
    static constexpr std::string_view name = Name.view();
    static void* value_of(tagged<Name, T>& held) { return &held.value; }
};

template <class T>
inline constexpr bool is_data_alternative = !std::is_same_v<T, std::monostate> && !std::is_same_v<T, unknown_member>;

/// The shape of a tagged union. Each alternative is a member; emplacing it changes the alternative of the variant.
template <class T, class Variant = decltype(variant_within(static_cast<T const*>(nullptr)))>
struct tagged_union_of;

template <class T, class... A>
struct tagged_union_of<T, std::variant<A...>> {
    using variant = std::variant<A...>;
    static constexpr std::size_t count = (std::size_t{0} + ... + std::size_t{is_data_alternative<A>});
    static constexpr bool keeps_unknown = (false || ... || std::is_same_v<A, unknown_member>);
    static_assert(count > 0 && count < 255, "parley: a union must have 1 to 254 alternatives");

    template <std::size_t I>
    struct alternative_access {
        using held = std::variant_alternative_t<I, variant>;
        using traits = alternative<held>;
        using value = typename value_access_of<typename traits::place>::value;
        static void* emplace(void* place) {
            variant& target = *static_cast<T*>(place);
            if constexpr (std::is_default_constructible_v<held>) target.template emplace<I>();
            else target.template emplace<I>(access::make<held>());
            return value_access_of<typename traits::place>::emplace(traits::value_of(*std::get_if<I>(&target)));
        }
        static void const* get_if(void const* place) {
            auto* held_value = std::get_if<I>(static_cast<variant*>(const_cast<T*>(static_cast<T const*>(place))));
            return held_value ? value_access_of<typename traits::place>::get_if(traits::value_of(*held_value)) : nullptr;
        }
        static constexpr value_access access{&shape_table<value>::value, &emplace, &get_if};
    };

    // Maps the index of an alternative of the variant to its position among those with data, or -1.
    static constexpr std::array<int, sizeof...(A)> positions = [] {
        std::array<int, sizeof...(A)> all{};
        int next = 0;
        std::size_t i = 0;
        ((all[i++] = is_data_alternative<A> ? next++ : -1), ...);
        return all;
    }();
    // The inverse of `positions`.
    static constexpr std::array<std::size_t, count> with_data = [] {
        std::array<std::size_t, count> all{};
        for (std::size_t i = 0; i < sizeof...(A); ++i) {
            if (positions[i] >= 0) all[static_cast<std::size_t>(positions[i])] = i;
        }
        return all;
    }();
    template <std::size_t... I>
    static constexpr std::array<std::string_view, count> make_names(std::index_sequence<I...>) {
        return {alternative<std::variant_alternative_t<with_data[I], variant>>::name...};
    }
    static constexpr std::array<std::string_view, count> names = make_names(std::make_index_sequence<count>{});
    static constexpr auto sources_of_names = name_sources(names);
    static constexpr spelled_names<count, size_of(sources_of_names)> spelled{sources_of_names};
    static constexpr auto characters = spelled.characters;
    static constexpr auto keys = make_key_table(names);
    static_assert(!keys.duplicate, "parley: two alternatives of this union have the same tag: wrap them in parley::tagged");

    using named = named_traits<T, names>;
    template <std::size_t... I>
    static constexpr std::array<level_kinds, count> make_kinds(std::index_sequence<I...>) {
        return {kinds_of<typename alternative_access<with_data[I]>::value>...};
    }
    static constexpr std::array<level_kinds, count> kinds = make_kinds(std::make_index_sequence<count>{});

    template <std::size_t... I>
    static constexpr std::array<member, count> make_members(std::index_sequence<I...>) {
        std::array<member, count> all{member(alternative_access<with_data[I]>::access)...};
        auto const wire_names = spelled.in(characters);
        for (std::size_t i = 0; i < count; ++i) {
            all[i].name = wire_names[i];
            all[i].plain_name = needs_no_escape(wire_names[i]);
            all[i].position = static_cast<std::uint8_t>(i);
            all[i].format = named::traits.type.format;
        }
        if constexpr (named::count > 0) named::template apply_all<kinds>(all.data());
        return all;
    }
    static constexpr auto members = make_members(std::make_index_sequence<count>{});

    static int active(void const* value) {
        variant const& held = *static_cast<T const*>(value);
        auto const index = held.index();
        return index == std::variant_npos ? -1 : positions[index];
    }
    static void keep_unknown(void* value, std::string_view name) {
        if constexpr (keeps_unknown) static_cast<T*>(value)->template emplace<unknown_member>().name = name;
    }

    static constexpr structure_shape make() {
        structure_shape s;
        s.members = members.data();
        s.count = static_cast<std::uint16_t>(count);
        s.names = keys.index();
        s.active = &active;
        if constexpr (keeps_unknown) s.keep_unknown = &keep_unknown;
        return s;
    }
    static constexpr structure_shape table = make();
};

} // namespace parley::detail

#endif
