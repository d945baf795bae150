// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_WIRE_NAME_HPP
#define PARLEY_DESCRIBE_WIRE_NAME_HPP

#include <parley/describe/shape.hpp>
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

/// The names of all members on the wire, in one block of characters. There each stands as an object of JSON has it, with the comma
/// before and the colon after it, so that the engines copy and compare it as a whole.
template <std::size_t Count, std::size_t Room>
class wire_names {
public:
    constexpr std::string_view operator[](std::size_t i) const noexcept {
        auto const begin = (i == 0 ? 0 : ends_[i - 1]) + 2;
        return {characters_.data() + begin, ends_[i] - 2 - begin};
    }

    // Names are added in their order, character by character.
    constexpr void begin() noexcept { add(','), add('"'); }
    constexpr void add(char c) noexcept { characters_[used_++] = c; }
    constexpr void end() noexcept { add('"'), add(':'), ends_[count_++] = used_; }

private:
    // What is compared is read in blocks.
    std::array<char, Room + 4 * Count + member::room_after_name> characters_{};
    std::array<std::uint32_t, Count + 1> ends_{};
    std::uint32_t used_ = 0, count_ = 0;
};

template <std::size_t Count>
constexpr std::size_t room_for_names(std::array<std::string_view, Count> const& names) {
    std::size_t room = 0;
    for (auto name : names) room += name.size();
    return room;
}

// Names that are as they are on the wire.
template <std::size_t Room, std::size_t Count>
constexpr wire_names<Count, Room> quote_names(std::array<std::string_view, Count> const& names) {
    wire_names<Count, Room> result;
    for (auto name : names) {
        result.begin();
        for (char c : name) result.add(c);
        result.end();
    }
    return result;
}

// An explicit name, else the rule applied to the C++ name.
template <std::size_t Room, std::size_t Count, std::size_t TraitCount>
constexpr wire_names<Count, Room> make_wire_names(std::array<std::string_view, Count> const& cpp_names,
                                                  trait_set<TraitCount> const& traits) {
    wire_names<Count, Room> result;
    for (auto cpp_name : cpp_names) {
        std::string_view renamed;
        for (auto const& t : traits.members) {
            if (t.member == cpp_name && !t.wire_name.empty()) renamed = t.wire_name;
        }
        result.begin();
        if (!renamed.empty()) {
            for (char c : renamed) result.add(c);
        } else {
            auto const rule = traits.type.naming;
            bool raise = rule == naming::pascal_case;
            for (char c : without_trailing_underscore(cpp_name)) {
                if (rule == naming::as_is || c != '_') {
                    result.add(raise ? upper(c) : c);
                    raise = false;
                } else if (rule == naming::kebab_case) {
                    result.add('-');
                } else {
                    raise = true;
                }
            }
        }
        result.end();
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
