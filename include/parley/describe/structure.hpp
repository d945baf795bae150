// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_STRUCTURE_HPP
#define PARLEY_DESCRIBE_STRUCTURE_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/holder.hpp>
#include <parley/describe/members.hpp>
#include <parley/describe/mistake.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/tagged.hpp>
#include <parley/describe/wire_name.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace parley::detail {

template <class T>
struct shape_table;

// Only the addresses of its members are of interest: its value is never made nor read.
template <class T>
union phantom {
    char bytes[sizeof(T)];
    T value;
    constexpr phantom() : bytes() {}
    constexpr ~phantom() {}
};
// No program has it. clang 14 has constants of a union only if all its members could be.
#if defined(__clang__)
template <class T>
[[clang::no_destroy]] inline phantom<T> phantom_of;
#else
template <class T>
inline constexpr phantom<T> phantom_of;
#endif

// Where in a `T` the member is, looked for from `near` on: a constant, as the difference of two addresses would not be.
template <class T, class Pointer>
constexpr std::size_t find_offset(Pointer member, std::size_t near) {
    auto const& whole = phantom_of<T>;
    void const* const place = &(whole.value.*member);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        auto const offset = (near + i) % sizeof(T);
        if (static_cast<void const*>(&whole.bytes[offset]) == place) return offset;
    }
    throw "a member is within its structure";
}

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
constexpr std::size_t position_in(std::array<std::string_view, Count> const& names, std::string_view name) {
    std::size_t i = 0;
    while (i < Count && names[i] != name) ++i;
    return i;
}

// A union is a std::variant, or a struct that is derived from one, so that it can hold itself and have traits.
template <class... A>
std::variant<A...> variant_within(std::variant<A...> const*);
template <class T>
concept is_choice = requires(T const* value) { variant_within(value); };

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
concept list_like = !map_like<T> && !is_text<T> && !is_bytes<T> && requires(T& list, typename T::value_type item) {
    list.begin() != list.end();
    list.size();
    requires requires { list.push_back(std::move(item)); } || requires { list.insert(std::move(item)); };
};

constexpr bool fits(constraint const& c, shape_kind kind) {
    bool const text = kind == shape_kind::text || kind == shape_kind::enumeration;
    bool const many = kind == shape_kind::list || kind == shape_kind::map;
    if (c.has_length && !text && !many && kind != shape_kind::blob) return false;
    if (c.has_range && kind != shape_kind::integer && kind != shape_kind::floating) return false;
    if (!c.pattern.empty() && !text) return false;
    if (c.unique_items && kind != shape_kind::list) return false;
    return true;
}

// By types, not by their tables: that of a list or map may be in the making, where a struct holds itself in one.
template <class Value>
constexpr bool fits(member_traits const& t, std::size_t level = 0) {
    if (level >= t.used_levels()) return true;
    auto const& said = t.levels[level];
    if constexpr (is_described<Value> || is_choice<Value>) {
        return false;
    } else if constexpr (map_like<Value>) {
        return fits(said.value, shape_kind::map) && fits(said.keys, shape_kind::text) &&
               fits<typename holding<typename Value::mapped_type>::value>(t, level + 1);
    } else if constexpr (list_like<Value>) {
        return fits(said.value, shape_kind::list) && said.keys.empty() &&
               fits<typename holding<typename Value::value_type>::value>(t, level + 1);
    } else {
        return fits(said.value, shape_table<Value>::value.kind) && said.keys.empty() && level + 1 == t.used_levels();
    }
}

// What holds for a value as types, so that all members of which the same is said share one table. `void` if nothing is said.

// All of a constraint but its pattern. Numbers as their bits: clang 14 has no floating ones in template arguments.
struct constraint_key {
    bool has_length, has_range, unique_items;
    std::uint64_t min_length, max_length;
    std::int64_t min_integer, max_integer;
    std::uint64_t min_number, max_number;

    constexpr explicit constraint_key(constraint const& c)
        : has_length(c.has_length), has_range(c.has_range), unique_items(c.unique_items), min_length(c.min_length),
          max_length(c.max_length), min_integer(c.min_integer), max_integer(c.max_integer),
          min_number(std::bit_cast<std::uint64_t>(c.min_number)), max_number(std::bit_cast<std::uint64_t>(c.max_number)) {}
};

template <constraint_key Key, fixed_string Pattern>
struct said_constraint {
    static constexpr constraint value{Key.has_length, Key.min_length, Key.max_length, Key.has_range, Key.min_integer,
                                      Key.max_integer, std::bit_cast<double>(Key.min_number),
                                      std::bit_cast<double>(Key.max_number), Pattern.view(), Key.unique_items};
    static constexpr pattern_view pattern() {
        if constexpr (Pattern.view().empty()) return {};
        else return compiled_pattern<Pattern>::program.view();
    }
};

template <class Value, class Keys, class Each>
struct said_checks {
    static constexpr value_checks make() {
        value_checks checks;
        if constexpr (!std::is_void_v<Value>) checks.value = &Value::value, checks.value_pattern = Value::pattern();
        if constexpr (!std::is_void_v<Keys>) checks.keys = &Keys::value, checks.keys_pattern = Keys::pattern();
        if constexpr (!std::is_void_v<Each>) checks.each = &Each::value;
        return checks;
    }
    static constexpr value_checks value = make();
};

template <auto const& Traits, std::size_t Position, std::size_t Level, bool Keys>
constexpr auto constraint_at() {
    constexpr auto const& level = Traits.members[Position].levels[Level];
    constexpr auto const& c = Keys ? level.keys : level.value;
    if constexpr (c.empty()) return std::type_identity<void>();
    else return std::type_identity<said_constraint<constraint_key(c), fixed_string<c.pattern.size() + 1>(c.pattern)>>();
}

// Of a member, from `Level` on.
template <auto const& Traits, std::size_t Position, std::size_t Level = 0>
constexpr auto checks_at() {
    if constexpr (Level < Traits.members[Position].used_levels())
        return std::type_identity<said_checks<typename decltype(constraint_at<Traits, Position, Level, false>())::type,
                                              typename decltype(constraint_at<Traits, Position, Level, true>())::type,
                                              typename decltype(checks_at<Traits, Position, Level + 1>())::type>>();
    else return std::type_identity<void>();
}

/// The members that traits name.
template <class T>
struct named_traits {
    static constexpr auto const& traits = traits_of<T>;
    static constexpr std::size_t count = traits.members.size();
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = traits.members[i].member;
        return all;
    }();
    static constexpr std::size_t position_of(std::string_view cpp_name) { return position_in(names, cpp_name); }

    // Fails to compile if one of them is none of `CppNames`.
    template <auto const& CppNames>
    static constexpr bool check() {
        constexpr auto stranger = [] {
            std::size_t i = 0;
            while (i < count && position_in(CppNames, names[i]) < CppNames.size()) ++i;
            return i;
        }();
        if constexpr (stranger < count) return report<traits_name_no_described_member_of, T, names, stranger>();
        return true;
    }

    // Applies to `m`, number `I` of `CppNames`, whose value is a `Value`, what is said of it at `Position`.
    template <class Value, auto const& CppNames, std::size_t I, std::size_t Position>
    static constexpr void apply(member& m) {
        constexpr auto const& t = traits.members[Position];
        if constexpr (t.used_levels() > 0) {
            if constexpr (!fits<Value>(t)) report<constraint_does_not_fit_member_of, T, CppNames, I>();
            else m.checks = &decltype(checks_at<traits, Position>())::type::value;
        }
        if (t.format != timestamp_format::unspecified) m.format = t.format;
        m.media_type = t.media_type;
        m.fallback = t.fallback;
        m.sensitive = t.sensitive;
        m.idempotency_token = t.idempotency_token;
    }
};

template <class List>
struct names_in;
template <template <class...> class List, class... D>
struct names_in<List<D...>> {
    static constexpr std::array<std::string_view, sizeof...(D)> value{std::string_view(D::name)...};
};

// A template of `T` alone, since the list of its members would be part of the name of each table.
template <class T>
struct members_of {
    using list = typename member_list<T>::type;
    static constexpr auto cpp_names = names_in<list>::value;
    static constexpr std::size_t count = cpp_names.size();
    static_assert(count < 255, "parley: a structure has 254 members at most: make some of them a structure of their own");

    using named = named_traits<T>;
    static constexpr auto const& traits = traits_of<T>;
    static constexpr auto characters = make_wire_names<room_for_wire_names(cpp_names, traits)>(cpp_names, traits);
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = characters[i];
        return all;
    }();

    static constexpr std::size_t position_of(std::string_view cpp_name) { return position_in(cpp_names, cpp_name); }
    static constexpr bool check_names() {
        constexpr auto again = [] {
            std::size_t i = 0;
            while (i < count && position_in(names, names[i]) == i) ++i;
            return i;
        }();
        if constexpr (again < count) return report<two_members_have_the_same_wire_name_in, T, cpp_names, again>();
        return true;
    }

    // `near`: where the member before ends.
    template <class Descriptor, std::size_t I>
    static constexpr member make(std::size_t& near) {
        using place = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;
        using value = typename holding<place>::value;
        member m;
        m.offset = static_cast<std::uint32_t>(find_offset<T>(Descriptor::pointer, near));
        near = m.offset + sizeof(place);
        m.value = make_holder<place>(shape_table<value>::value);
        if constexpr (holding<place>::direct) m.value.clear = &holding<place>::clear;
        m.required = !holding<place>::nullable;
        m.format = traits.type.format;
        constexpr auto position = named::position_of(cpp_names[I]);
        if constexpr (position < named::count) {
            named::template apply<value, cpp_names, I, position>(m);
            if constexpr (traits.members[position].defaulted) {
                m.required = false;
                m.restore = [](void* at) { *static_cast<place*>(at) = access::make<T>().*Descriptor::pointer; };
            }
        }
        return m;
    }

    template <template <class...> class List, class... D, std::size_t... I>
    static constexpr std::array<member, count> make_all(List<D...>*, std::index_sequence<I...>) {
        [[maybe_unused]] std::size_t near = 0;
        std::array<member, count> all{make<D, I>(near)...};
        for (std::size_t i = 0; i < count; ++i) {
            all[i].name = names[i];
            if (names[i] != cpp_names[i]) all[i].other_name = cpp_names[i];
            all[i].plain_name = needs_no_escape(names[i]);
            all[i].position = static_cast<std::uint8_t>(i);
        }
        return all;
    }
    static_assert(named::template check<cpp_names>());
    static_assert(check_names());

    static constexpr std::array<member, count> table = make_all(static_cast<list*>(nullptr), std::make_index_sequence<count>{});
    static constexpr auto keys = make_key_table(names);
};

template <std::size_t Count, class Wanted>
constexpr member_set members_that(std::array<member, Count> const& members, Wanted wanted) {
    member_set set;
    for (std::size_t i = 0; i < Count; ++i) {
        if (wanted(members[i])) set.insert(i);
    }
    return set;
}

/// The table of a described struct.
template <class T>
struct structure_of {
    using members = members_of<T>;
    static constexpr structure_shape make() {
        structure_shape s;
        s.members = members::table.data();
        s.count = static_cast<std::uint16_t>(members::count);
        s.required = members_that(members::table, [](member const& m) { return m.required; });
        s.fallbacks = members_that(members::table, [](member const& m) { return !m.fallback.empty() && m.value.nullable; });
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
template <class T, class Variant = decltype(variant_within(static_cast<T const*>(nullptr)))>
struct choice_of;

template <class T, class... A>
struct choice_of<T, std::variant<A...>> {
    using variant = std::variant<A...>;
    using named = named_traits<T>;
    static constexpr std::size_t count = (std::size_t{0} + ... + std::size_t{is_data_alternative<A>});
    static constexpr bool keeps_unknown = (false || ... || std::is_same_v<A, unknown_member>);
    static_assert(count > 0 && count < 255, "parley: a union has 1 to 254 alternatives");

    template <std::size_t I>
    struct reach {
        using held = std::variant_alternative_t<I, variant>;
        using how = alternative<held>;
        static void* engage(void* place) {
            variant& target = *static_cast<T*>(place);
            if constexpr (std::is_default_constructible_v<held>) target.template emplace<I>();
            else target.template emplace<I>(access::make<held>());
            return holding<typename how::place>::engage(how::value_of(*std::get_if<I>(&target)));
        }
        static void const* peek(void const* place) {
            auto* held_value = std::get_if<I>(static_cast<variant*>(const_cast<T*>(static_cast<T const*>(place))));
            return held_value ? holding<typename how::place>::peek(how::value_of(*held_value)) : nullptr;
        }
    };

    // From the position among all alternatives to that among those with data.
    static constexpr std::array<int, sizeof...(A)> positions = [] {
        std::array<int, sizeof...(A)> all{};
        int next = 0;
        std::size_t i = 0;
        ((all[i++] = is_data_alternative<A> ? next++ : -1), ...);
        return all;
    }();
    template <class Held>
    static constexpr void add_name(std::array<std::string_view, count>& all, std::size_t& next) {
        if constexpr (is_data_alternative<Held>) all[next++] = alternative<Held>::name;
    }
    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        std::size_t next = 0;
        (add_name<A>(all, next), ...);
        return all;
    }();
    static constexpr auto characters = quote_names<room_for_names(names)>(names);
    static constexpr auto keys = make_key_table(names);
    static_assert(!keys.duplicate, "parley: two alternatives of this union have the same tag: wrap them in parley::tagged");
    static_assert(named::template check<names>());

    template <std::size_t I>
    static constexpr void add(std::array<member, count>& all) {
        using held = std::variant_alternative_t<I, variant>;
        if constexpr (is_data_alternative<held>) {
            constexpr auto position = static_cast<std::size_t>(positions[I]);
            using value = typename holding<typename alternative<held>::place>::value;
            member& m = all[position];
            m.name = characters[position];
            m.value.target = &shape_table<value>::value;
            m.value.engage = &reach<I>::engage;
            m.value.peek = &reach<I>::peek;
            m.plain_name = needs_no_escape(m.name);
            m.position = static_cast<std::uint8_t>(position);
            m.format = named::traits.type.format;
            constexpr auto said = named::position_of(names[position]);
            if constexpr (said < named::count) named::template apply<value, names, position, said>(m);
        }
    }
    template <std::size_t... I>
    static constexpr std::array<member, count> make_members(std::index_sequence<I...>) {
        std::array<member, count> all;
        (add<I>(all), ...);
        return all;
    }
    static constexpr auto members = make_members(std::index_sequence_for<A...>{});

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
