// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_STRUCTURE_HPP
#define PARLEY_DESCRIBE_STRUCTURE_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/holder.hpp>
#include <parley/describe/mistake.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/wire_name.hpp>

#include <boost/describe/members.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <variant>

namespace parley::detail {

template <class T>
struct shape_table;

// Only the addresses of its members are of interest: it is never made nor read.
template <class T>
union phantom {
    char none;
    T value;
    constexpr phantom() : none() {}
    ~phantom() {}
};
template <class T>
inline phantom<T> phantom_of;

template <class T, char... Name>
struct traits_name_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: parley_traits names a member that the type does not have or does not describe: "
                            "correct the name in on(...), or add it to BOOST_DESCRIBE_STRUCT");
};
template <class T, char... Name>
struct constraint_does_not_fit_member_of {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: this constraint has no meaning for the type of the member: length is for texts, "
                            "blobs, lists and maps; range for numbers; pattern for texts; unique_items for lists");
};
template <class T, char... Name>
struct two_members_have_the_same_wire_name_in {
    static constexpr bool reported = false;
    static_assert(never<T>, "parley: two members have the same name on the wire: give one another wire_name");
};

template <std::size_t Count>
constexpr bool has_duplicate(std::array<std::string_view, Count> const& names, std::size_t position) {
    for (std::size_t i = 0; i < position; ++i) {
        if (names[i] == names[position]) return true;
    }
    return false;
}

constexpr bool fits(constraint const& c, shape_kind kind) {
    bool const text = kind == shape_kind::text || kind == shape_kind::enumeration;
    bool const many = kind == shape_kind::list || kind == shape_kind::map;
    if (c.has_length && !text && !many && kind != shape_kind::blob) return false;
    if (c.has_range && kind != shape_kind::integer && kind != shape_kind::floating) return false;
    if (!c.pattern.empty() && !text) return false;
    if (c.unique_items && kind != shape_kind::list) return false;
    return true;
}

template <class Value>
constexpr bool fits(member_traits const& t) {
    if constexpr (boost::describe::has_describe_members<Value>::value && std::is_class_v<Value>) {
        // Its table may be in the making: a struct can hold itself.
        return t.value.empty() && t.each.empty() && t.keys.empty();
    } else {
        constexpr shape const& s = shape_table<Value>::value;
        if (!fits(t.value, s.kind)) return false;
        if (!t.keys.empty() && (s.kind != shape_kind::map || !fits(t.keys, shape_kind::text))) return false;
        if (t.each.empty()) return true;
        if (s.kind == shape_kind::list) return fits(t.each, s.list->item.target->kind);
        if (s.kind == shape_kind::map) return fits(t.each, s.map->value.target->kind);
        return false;
    }
}

// The compiled patterns of one member: of the value, of each item, of the keys.
template <auto const& Traits, std::size_t Position>
struct member_patterns {
    template <int Which>
    static constexpr std::string_view text() {
        auto const& t = Traits.members[Position];
        return Which == 0 ? t.value.pattern : Which == 1 ? t.each.pattern : t.keys.pattern;
    }
    template <int Which>
    struct compiled {
        static constexpr auto size = measure_pattern(text<Which>());
        static constexpr auto program = compile_pattern<size>(text<Which>());
    };
    template <int Which>
    static constexpr pattern_view view() {
        if constexpr (text<Which>().empty()) return {};
        else return compiled<Which>::program.view();
    }
    static constexpr bool any = !text<0>().empty() || !text<1>().empty() || !text<2>().empty();
    static constexpr pattern_view views[3] = {view<0>(), view<1>(), view<2>()};
};

template <class T, class List>
struct members_of;

template <class T, template <class...> class List, class... D>
struct members_of<T, List<D...>> {
    static constexpr std::size_t count = sizeof...(D);
    static_assert(count <= 64, "parley: a structure has 64 members at most: split it, with base classes for example");

    static constexpr std::array<std::string_view, count> cpp_names{std::string_view(D::name)...};
    static constexpr auto traits = traits_of<T>();
    static constexpr std::array<std::string_view, traits.members.size()> trait_names = [] {
        std::array<std::string_view, traits.members.size()> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = traits.members[i].member;
        return all;
    }();
    static constexpr auto characters = make_wire_names<room_for_wire_names(cpp_names, traits)>(cpp_names, traits);
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = characters[i];
        return all;
    }();

    static constexpr std::size_t position_of(std::string_view cpp_name) {
        for (std::size_t i = 0; i < count; ++i) {
            if (cpp_names[i] == cpp_name) return i;
        }
        return count;
    }
    static constexpr std::size_t traits_position(std::string_view cpp_name) {
        for (std::size_t i = 0; i < trait_names.size(); ++i) {
            if (trait_names[i] == cpp_name) return i;
        }
        return trait_names.size();
    }

    template <std::size_t I>
    static constexpr bool check_traits() {
        if constexpr (position_of(trait_names[I]) == count) {
            return report<traits_name_no_described_member_of, T, trait_names, I>();
        }
        return true;
    }
    template <std::size_t I>
    static constexpr bool check_name() {
        if constexpr (has_duplicate(names, I)) return report<two_members_have_the_same_wire_name_in, T, cpp_names, I>();
        return true;
    }

    template <class Descriptor, std::size_t I>
    static constexpr member make() {
        using place = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
        using value = typename holding<place>::value;
        member m;
        m.name = names[I];
        m.cpp_name = cpp_names[I];
        m.address = &(phantom_of<T>.value.*Descriptor::pointer);
        m.value = make_holder<place>(shape_table<value>::value);
        m.required = !holding<place>::nullable;
        m.plain_name = needs_no_escape(names[I]);
        m.format = traits.type.format;
        constexpr auto position = traits_position(Descriptor::name);
        if constexpr (position < trait_names.size()) {
            constexpr auto const& t = traits.members[position];
            if constexpr (!fits<value>(t)) {
                report<constraint_does_not_fit_member_of, T, cpp_names, I>();
            } else if constexpr (member_patterns<traits, position>::any) {
                m.patterns = member_patterns<traits, position>::views;
            }
            if (!t.value.empty()) m.checks = &t.value;
            if (!t.each.empty()) m.each_checks = &t.each;
            if (!t.keys.empty()) m.key_checks = &t.keys;
            if (t.format != timestamp_format::unspecified) m.format = t.format;
            m.sensitive = t.sensitive;
            m.idempotency_token = t.idempotency_token;
        }
        return m;
    }

    template <std::size_t... I>
    static constexpr std::array<member, count> make_all(std::index_sequence<I...>) {
        return {make<D, I>()...};
    }
    template <std::size_t... I>
    static constexpr bool check_all_traits(std::index_sequence<I...>) {
        return (true && ... && check_traits<I>());
    }
    template <std::size_t... I>
    static constexpr bool check_all_names(std::index_sequence<I...>) {
        return (true && ... && check_name<I>());
    }
    static_assert(check_all_traits(std::make_index_sequence<trait_names.size()>{}));
    static_assert(check_all_names(std::make_index_sequence<count>{}));

    static constexpr std::array<member, count> table = make_all(std::make_index_sequence<count>{});
    static constexpr auto keys = make_key_table(names);
};

template <std::size_t Count>
constexpr std::uint64_t required_mask(std::array<member, Count> const& members) {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < Count; ++i) {
        if (members[i].required) mask |= std::uint64_t{1} << i;
    }
    return mask;
}

/// The table of a described struct.
template <class T>
struct structure_of {
    // Public members, those of public base classes included.
    using members = members_of<T, boost::describe::describe_members<T, boost::describe::mod_public |
                                                                           boost::describe::mod_inherited>>;
    static constexpr structure_shape make() {
        structure_shape s;
        s.members = members::table.data();
        s.count = static_cast<std::uint16_t>(members::count);
        s.origin = &phantom_of<T>;
        s.required = required_mask(members::table);
        s.names = members::keys.index();
        return s;
    }
    static constexpr structure_shape table = make();
};

template <class T>
struct alternative {
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

/// The table of a tagged union: each alternative is a member that is reached by making the variant hold it.
template <class Variant>
struct choice_of;

template <class... A>
struct choice_of<std::variant<A...>> {
    using variant = std::variant<A...>;
    static constexpr std::size_t count = (std::size_t{0} + ... + std::size_t{is_data_alternative<A>});
    static constexpr bool keeps_unknown = (false || ... || std::is_same_v<A, unknown_member>);
    static_assert(count > 0 && count <= 64, "parley: a union has 1 to 64 alternatives");

    template <std::size_t I>
    struct reach {
        using held = std::variant_alternative_t<I, variant>;
        using how = alternative<held>;
        static void* engage(void* place) {
            auto& target = *static_cast<variant*>(place);
            if constexpr (std::is_default_constructible_v<held>) target.template emplace<I>();
            else target.template emplace<I>(access::make<held>());
            return holding<typename how::place>::engage(how::value_of(*std::get_if<I>(&target)));
        }
        static void const* peek(void const* place) {
            auto* held_value = std::get_if<I>(const_cast<variant*>(static_cast<variant const*>(place)));
            return held_value ? holding<typename how::place>::peek(how::value_of(*held_value)) : nullptr;
        }
    };

    template <std::size_t I>
    static constexpr void add(std::array<member, count>& all, std::size_t& next) {
        using held = std::variant_alternative_t<I, variant>;
        if constexpr (is_data_alternative<held>) {
            using place = typename alternative<held>::place;
            member& m = all[next++];
            m.name = m.cpp_name = alternative<held>::name;
            m.value.target = &shape_table<typename holding<place>::value>::value;
            m.value.engage = &reach<I>::engage;
            m.value.peek = &reach<I>::peek;
            m.plain_name = needs_no_escape(m.name);
        }
    }
    template <std::size_t... I>
    static constexpr std::array<member, count> make_members(std::index_sequence<I...>) {
        std::array<member, count> all;
        std::size_t next = 0;
        (add<I>(all, next), ...);
        return all;
    }
    static constexpr auto members = make_members(std::index_sequence_for<A...>{});

    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = members[i].name;
        return all;
    }();
    static constexpr auto keys = make_key_table(names);
    static_assert(!keys.duplicate, "parley: two alternatives of this union have the same tag: wrap them in parley::tagged");

    // From the position among all alternatives to that among those with data.
    static constexpr std::array<int, sizeof...(A)> positions = [] {
        std::array<int, sizeof...(A)> all{};
        int next = 0;
        std::size_t i = 0;
        ((all[i++] = is_data_alternative<A> ? next++ : -1), ...);
        return all;
    }();
    static int active(void const* value) {
        auto const index = static_cast<variant const*>(value)->index();
        return index == std::variant_npos ? -1 : positions[index];
    }
    static void keep_unknown(void* value, std::string_view name) {
        if constexpr (keeps_unknown) static_cast<variant*>(value)->template emplace<unknown_member>().name = name;
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
