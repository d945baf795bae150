// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WIRE_NAME_HPP
#define PARLEY_DESCRIBE_WIRE_NAME_HPP

#include <parley/describe/shape.hpp>
#include <parley/describe/traits.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::string_view without_trailing_underscore(std::string_view name) noexcept {
    if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
    return name;
}

/// The source of a wire name: a text and the rule to apply to it.
struct name_source {
    std::string_view text;
    naming rule = naming::as_is;
};

// Non-template functions fill the arrays, so that their calls are resolved once and not for each type.

// Uses the explicit name of a member, else its C++ name with the rule. `positions`: the positions of the members that have traits.
constexpr void fill_name_sources(name_source* all, std::string_view const* cpp_names, std::size_t count, naming rule,
                                 member_traits const* traits, std::size_t const* positions, std::size_t trait_count) {
    for (std::size_t i = 0; i < count; ++i) all[i] = {without_trailing_underscore(cpp_names[i]), rule};
    for (std::size_t i = 0; i < trait_count; ++i) {
        if (positions[i] < count && !traits[i].wire_name.empty()) all[positions[i]] = {traits[i].wire_name};
    }
}
template <std::size_t Count, std::size_t TraitCount>
constexpr std::array<name_source, Count> name_sources(std::array<std::string_view, Count> const& cpp_names,
                                                      trait_set<TraitCount> const& traits,
                                                      std::array<std::size_t, TraitCount> const& positions) {
    std::array<name_source, Count> all{};
    fill_name_sources(all.data(), cpp_names.data(), Count, traits.type.naming, traits.members.data(), positions.data(),
                      TraitCount);
    return all;
}
// Wire names that equal the given names.
template <std::size_t Count>
constexpr std::array<name_source, Count> name_sources(std::array<std::string_view, Count> const& names) {
    std::array<name_source, Count> all{};
    for (std::size_t i = 0; i < Count; ++i) all[i] = {names[i]};
    return all;
}

// Writes `,"name":`, as in a JSON object. Returns the end.
constexpr char* put_quoted_name(char* to, name_source const& name) {
    *to++ = ',';
    *to++ = '"';
    bool capitalize = name.rule == naming::pascal_case;
    for (char c : name.text) {
        if (name.rule == naming::as_is || c != '_') {
            *to++ = capitalize ? upper(c) : c;
            capitalize = false;
        } else if (name.rule == naming::kebab_case) {
            *to++ = '-';
        } else {
            capitalize = true;
        }
    }
    *to++ = '"';
    *to++ = ':';
    return to;
}

template <std::size_t Count>
constexpr std::size_t size_of(std::array<name_source, Count> const& names) {
    std::size_t capacity = 0;
    for (auto const& name : names) capacity += name.text.size() + 4;
    return capacity;
}

constexpr void spell_names(char* to, std::size_t* ends, name_source const* names, std::size_t count) {
    auto const* const begin = to;
    for (std::size_t i = 0; i < count; ++i) {
        to = put_quoted_name(to, names[i]);
        ends[i] = static_cast<std::size_t>(to - begin);
    }
}
constexpr void find_spelled(std::string_view* all, char const* characters, std::size_t const* ends, std::size_t count) {
    for (std::size_t i = 0, begin = 0; i < count; begin = ends[i++]) all[i] = {characters + begin + 2, ends[i] - begin - 4};
}

/// The wire names of all members in one block of characters. Each is stored as `,"name":`, so that it is copied and compared as a whole.
template <std::size_t Count, std::size_t Capacity>
struct spelled_names {
    std::array<char, Capacity + member::padding_after_name> characters{}; // comparisons read whole blocks
    std::array<std::size_t, Count> ends{};

    constexpr explicit spelled_names(std::array<name_source, Count> const& names) {
        spell_names(characters.data(), ends.data(), names.data(), Count);
    }
    /// Returns the names as views of `copy`, a copy of the characters. Only the copy is emitted into programs.
    constexpr std::array<std::string_view, Count> in(decltype(characters) const& copy) const {
        std::array<std::string_view, Count> all{};
        find_spelled(all.data(), copy.data(), ends.data(), Count);
        return all;
    }
};

// Returns true if the name needs no escape sequence in JSON.
constexpr bool needs_no_escape(std::string_view name) noexcept {
    for (char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return false;
    }
    return true;
}

} // namespace parley::detail

#endif
