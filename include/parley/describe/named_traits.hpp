// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_NAMED_TRAITS_HPP
#define PARLEY_DESCRIBE_NAMED_TRAITS_HPP

#include <parley/core/fixed_string.hpp>
#include <parley/describe/level_kinds.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/traits.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

template <class T, char... Name>
struct traits_name_no_described_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: parley_traits names a member that the type does not have or does not describe: "
                                   "correct the name in on(...), or add the member to BOOST_DESCRIBE_STRUCT");
};
template <class T, char... Name>
struct constraint_does_not_fit_member_of {
    static constexpr bool reported = false;
    static_assert(always_false<T>, "parley: this constraint does not apply to the type of the member: length is for texts, "
                                   "blobs, lists and maps; range for numbers; pattern for texts; unique_items for lists");
};

constexpr std::size_t position_in(std::string_view const* names, std::size_t count, std::string_view name) {
    std::size_t i = 0;
    while (i < count && names[i] != name) ++i;
    return i;
}

// Constraints are represented as types, so that members with the same constraints share one table. `void` means no constraints.

// A constraint without its pattern. Floating-point bounds are stored as bits, since clang 14 does not support them in template arguments.
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
struct static_constraint {
    static constexpr constraint value{Key.has_length,
                                      Key.min_length,
                                      Key.max_length,
                                      Key.has_range,
                                      Key.min_integer,
                                      Key.max_integer,
                                      std::bit_cast<double>(Key.min_number),
                                      std::bit_cast<double>(Key.max_number),
                                      Pattern.view(),
                                      Key.unique_items};
    static constexpr pattern_view pattern() {
        if constexpr (Pattern.view().empty()) return {};
        else return compiled_pattern<Pattern>::program.view();
    }
};

template <class Value, class Keys, class Each>
struct static_checks {
    static constexpr value_checks make() {
        value_checks checks;
        if constexpr (!std::is_void_v<Value>) {
            checks.value = &Value::value;
            checks.value_pattern = Value::pattern();
            if (Value::value.unique_items) checks.has_duplicates = detail::has_duplicates;
        }
        if constexpr (!std::is_void_v<Keys>) checks.keys = &Keys::value, checks.keys_pattern = Keys::pattern();
        if constexpr (!std::is_void_v<Each>) checks.each = &Each::value;
        return checks;
    }
    static constexpr value_checks value = make();
};

// The checks of the member at `Position` of `Traits` (a static object), from `Level` on.
template <auto const& Traits, std::size_t Position, std::size_t Level = 0,
          bool HasChecks = (Level < Traits.members[Position].used_levels())>
struct checks_at {
    using type = void;
};
template <auto const& Traits, std::size_t Position, std::size_t Level>
struct checks_at<Traits, Position, Level, true> {
    static constexpr constraint value = Traits.members[Position].levels[Level].value;
    static constexpr constraint keys = Traits.members[Position].levels[Level].keys;
    using of_value = static_constraint<constraint_key(value), fixed_string<value.pattern.size() + 1>(value.pattern)>;
    using of_keys = static_constraint<constraint_key(keys), fixed_string<keys.pattern.size() + 1>(keys.pattern)>;
    using type = static_checks<std::conditional_t<value.empty(), void, of_value>, std::conditional_t<keys.empty(), void, of_keys>,
                               typename checks_at<Traits, Position, Level + 1>::type>;
};

// Applies the traits of a member other than its constraints and its name.
constexpr void apply(member_traits const& t, member& m) {
    if (t.format != timestamp_format::unspecified) m.format = t.format;
    m.media_type = t.media_type;
    m.server_default = t.server_default;
    m.sensitive = t.sensitive;
    m.idempotency_token = t.idempotency_token;
}

constexpr void find_positions(std::size_t* all, member_traits const* traits, std::size_t count, std::string_view const* names,
                              std::size_t name_count) {
    for (std::size_t i = 0; i < count; ++i) all[i] = position_in(names, name_count, traits[i].member);
}
constexpr std::size_t first_not_below(std::size_t limit, std::size_t const* positions, std::size_t count) {
    std::size_t i = 0;
    while (i < count && positions[i] < limit) ++i;
    return i;
}

/// The traits of the members of `T`. `CppNames` is a static array of the member names.
template <class T, auto const& CppNames>
struct named_traits {
    static constexpr auto const& traits = traits_of<T>;
    static constexpr std::size_t count = traits.members.size();
    static constexpr std::array<std::size_t, count> positions = [] {
        std::array<std::size_t, count> all{};
        find_positions(all.data(), traits.members.data(), count, CppNames.data(), CppNames.size());
        return all;
    }();

    static constexpr std::array<std::string_view, count> names = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = traits.members[i].member;
        return all;
    }();

    // Fails to compile if the traits name an unknown member.
    static constexpr bool check() {
        constexpr auto unknown = first_not_below(CppNames.size(), positions.data(), count);
        if constexpr (unknown < count) return diagnose<traits_name_no_described_member_of, T, names, unknown>();
        return true;
    }

    /// Applies the traits to the members. `Kinds` is a static array of the kinds of the members.
    template <auto const& Kinds>
    static constexpr void apply_all(member* members) {
        if constexpr (check()) {
            for (std::size_t i = 0; i < count; ++i) apply(traits.members[i], members[positions[i]]);
            apply_checks<Kinds>(members, std::make_index_sequence<count>());
        }
    }

private:
    template <auto const& Kinds, std::size_t... I>
    static constexpr void apply_checks(member* members, std::index_sequence<I...>) {
        (apply_checks_at<Kinds, I>(members), ...);
    }
    template <auto const& Kinds, std::size_t I>
    static constexpr void apply_checks_at([[maybe_unused]] member* members) {
        if constexpr (traits.members[I].used_levels() > 0) {
            if constexpr (!fits(traits.members[I], Kinds[positions[I]]))
                diagnose<constraint_does_not_fit_member_of, T, CppNames, positions[I]>();
            else members[positions[I]].checks = &checks_at<traits, I>::type::value;
        }
    }
};

} // namespace parley::detail

#endif
