// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WIRE_NAME_HPP
#define PARLEY_DESCRIBE_WIRE_NAME_HPP

#include <parley/describe/traits.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace parley::detail {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::string_view without_trailing_underscore(std::string_view name) noexcept {
    if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
    return name;
}

/// The names of all members on the wire, in one block of characters.
template <std::size_t Count, std::size_t Room>
struct wire_names {
    std::array<char, Room + 1> characters{};
    std::array<std::size_t, Count + 1> ends{};

    constexpr std::string_view operator[](std::size_t i) const noexcept {
        auto const begin = i == 0 ? 0 : ends[i - 1];
        return {characters.data() + begin, ends[i] - begin};
    }
};

template <std::size_t Count>
constexpr std::size_t room_for_names(std::array<std::string_view, Count> const& names) {
    std::size_t room = 0;
    for (auto name : names) room += name.size();
    return room;
}

// An explicit name, else the rule applied to the C++ name.
template <std::size_t Room, std::size_t Count, std::size_t TraitCount>
constexpr wire_names<Count, Room> make_wire_names(std::array<std::string_view, Count> const& cpp_names,
                                                  trait_set<TraitCount> const& traits) {
    wire_names<Count, Room> result;
    std::size_t end = 0;
    for (std::size_t i = 0; i < Count; ++i) {
        std::string_view renamed;
        for (auto const& t : traits.members) {
            if (t.member == cpp_names[i] && !t.wire_name.empty()) renamed = t.wire_name;
        }
        if (!renamed.empty()) {
            for (char c : renamed) result.characters[end++] = c;
        } else {
            auto const rule = traits.type.naming;
            bool raise = rule == naming::pascal_case;
            for (char c : without_trailing_underscore(cpp_names[i])) {
                if (rule == naming::as_is || c != '_') {
                    result.characters[end++] = raise ? upper(c) : c;
                    raise = false;
                } else if (rule == naming::kebab_case) {
                    result.characters[end++] = '-';
                } else {
                    raise = true;
                }
            }
        }
        result.ends[i] = end;
    }
    return result;
}

template <std::size_t Count, std::size_t TraitCount>
constexpr std::size_t room_for_wire_names(std::array<std::string_view, Count> const& cpp_names,
                                          trait_set<TraitCount> const& traits) {
    auto room = room_for_names(cpp_names);
    for (auto const& t : traits.members) room += t.wire_name.size();
    return room;
}

// True if a JSON text can hold the name as it is.
constexpr bool needs_no_escape(std::string_view name) noexcept {
    for (char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return false;
    }
    return true;
}

} // namespace parley::detail

#endif
