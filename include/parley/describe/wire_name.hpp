// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WIRE_NAME_HPP
#define PARLEY_DESCRIBE_WIRE_NAME_HPP

#include <parley/describe/traits.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley::detail {

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::string_view without_trailing_underscore(std::string_view name) noexcept {
    if (name.size() > 1 && name.back() == '_') name.remove_suffix(1);
    return name;
}

// `names`, as the rule writes them, in one block of characters.
template <std::size_t Count, std::size_t Room>
struct ruled_names {
    std::array<char, Room + 1> characters{};
    std::array<std::uint32_t, Count + 1> begins{};

    constexpr ruled_names(std::array<std::string_view, Count> const& names, naming rule) {
        std::size_t end = 0;
        for (std::size_t i = 0; i < Count; ++i) {
            bool raise = rule == naming::pascal_case;
            for (char c : without_trailing_underscore(names[i])) {
                if (c != '_') {
                    characters[end++] = raise ? upper(c) : c;
                    raise = false;
                } else if (rule == naming::kebab_case) {
                    characters[end++] = '-';
                } else {
                    raise = true;
                }
            }
            begins[i + 1] = static_cast<std::uint32_t>(end);
        }
    }
    constexpr std::string_view operator[](std::size_t i) const noexcept {
        return {characters.data() + begins[i], begins[i + 1] - begins[i]};
    }
};

template <std::size_t Count>
constexpr std::size_t room_for_names(std::array<std::string_view, Count> const& names) {
    std::size_t room = 0;
    for (auto name : names) room += name.size();
    return room;
}

/// The names of all members on the wire: explicit ones, else the rule applied to the C++ names.
template <auto const& CppNames, auto const& Traits>
struct wire_names {
    static constexpr auto ruled = [] {
        if constexpr (Traits.type.naming == naming::as_is) {
            auto names = CppNames;
            for (auto& name : names) name = without_trailing_underscore(name);
            return names;
        } else {
            return ruled_names<CppNames.size(), room_for_names(CppNames)>(CppNames, Traits.type.naming);
        }
    }();
    static constexpr auto value = [] {
        auto names = CppNames;
        for (std::size_t i = 0; i < names.size(); ++i) {
            names[i] = ruled[i];
            for (auto const& t : Traits.members) {
                if (t.member == CppNames[i] && !t.wire_name.empty()) names[i] = t.wire_name;
            }
        }
        return names;
    }();
};

// True if a JSON text can hold the name as it is.
constexpr bool needs_no_escape(std::string_view name) noexcept {
    for (char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') return false;
    }
    return true;
}

} // namespace parley::detail

#endif
