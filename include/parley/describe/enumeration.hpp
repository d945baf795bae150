// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ENUMERATION_HPP
#define PARLEY_DESCRIBE_ENUMERATION_HPP

#include <parley/describe/enumerator.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/structure.hpp>
#include <parley/describe/wire_name.hpp>

#include <boost/describe/enumerators.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI::detail {

/// The texts of an enumeration with an index sorted by length, then by content.
struct sorted_texts {
    std::string_view const* texts = nullptr;
    std::uint16_t const* order = nullptr;
    std::size_t count = 0;

    /// Returns the position of `text`, or `count` if it is unknown. Takes logarithmic time.
    std::size_t find(std::string_view text) const noexcept;
};

/// Stores an unknown text; clears `kept` if the text is known.
void keep_unknown(std::optional<std::string>& kept, bool known, std::string_view text);

// The enumerators that BOOST_DESCRIBE_ENUM describes, with their texts.
template <class E, class List>
struct described_enumerators;
template <class E, template <class...> class List, class... D>
struct described_enumerators<E, List<D...>> {
    static constexpr std::size_t count = sizeof...(D);
    static constexpr std::array<std::string_view, count> cpp_names{std::string_view(D::name)...};
    using named = named_traits<E, cpp_names>;
    static_assert(named::check());
    static constexpr auto sources_of_names = name_sources(cpp_names, named::traits, named::positions);
    static constexpr spelled_names<count, size_of(sources_of_names)> spelled{sources_of_names};
    static constexpr auto characters = spelled.characters;

    static constexpr std::array<enumerator<E>, count> make() {
        std::array<enumerator<E>, count> all{enumerator<E>{D::value, {}}...};
        auto const names = spelled.in(characters);
        for (std::size_t i = 0; i < count; ++i) all[i].text = names[i];
        for (std::size_t i = 0; i < named::count; ++i) all[named::positions[i]].internal = named::traits.members[i].internal;
        return all;
    }
};

template <class E>
constexpr auto enumerators_of() {
    if constexpr (has_enumerators<E>) {
        return parley_enumerators(static_cast<E const*>(nullptr));
    } else {
        static_assert(boost::describe::has_describe_enumerators<E>::value,
                      "parley: this enumeration is not described: add BOOST_DESCRIBE_ENUM after its definition, or "
                      "parley::as_integer() to its traits if its values are numbers on the wire");
        return described_enumerators<E, boost::describe::describe_enumerators<E>>::make();
    }
}

/// The texts and values of an enumeration.
template <class E>
struct enumeration_of {
    static constexpr auto declared = enumerators_of<E>();
    static constexpr std::size_t count = declared.size();

    // Only these arrays are emitted into the program, each text once.
    static constexpr std::array<std::string_view, count> texts = [] {
        std::array<std::string_view, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = declared[i].text;
        return all;
    }();
    static constexpr std::array<E, count> values = [] {
        std::array<E, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = declared[i].value;
        return all;
    }();

    static constexpr bool is_before(std::string_view a, std::string_view b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
    static constexpr std::array<std::uint16_t, count> order = [] {
        std::array<std::uint16_t, count> all{};
        for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<std::uint16_t>(i);
        for (std::size_t gap = count / 2; gap > 0; gap /= 2) {
            for (std::size_t i = gap; i < count; ++i) {
                for (std::size_t j = i; j >= gap && is_before(texts[all[j]], texts[all[j - gap]]); j -= gap) {
                    auto const swapped = all[j];
                    all[j] = all[j - gap];
                    all[j - gap] = swapped;
                }
            }
        }
        return all;
    }();

    static constexpr std::size_t public_count = [] {
        std::size_t number = 0;
        for (auto const& each : declared) number += each.internal ? 0 : 1;
        return number;
    }();
    static constexpr std::array<std::string_view, public_count> public_texts_only = [] {
        std::array<std::string_view, public_count> all{};
        auto* next = all.data();
        for (auto const& each : declared) {
            if (!each.internal) *next++ = each.text;
        }
        return all;
    }();
    static constexpr std::span<std::string_view const> public_texts() {
        if constexpr (public_count == count) return texts;
        else return public_texts_only;
    }

    static bool has(std::string_view text) noexcept {
        E value{};
        return find(text, value);
    }
    static bool find(std::string_view text, E& value) noexcept {
        auto const position = sorted_texts{texts.data(), order.data(), count}.find(text);
        if (position == count) return false;
        value = values[position];
        return true;
    }
    static std::string_view text_of(E value) noexcept {
        // Most enumerations count from zero.
        auto const position = static_cast<std::size_t>(value);
        if (position < count && values[position] == value) return texts[position];
        for (std::size_t i = 0; i < count; ++i) {
            if (values[i] == value) return texts[i];
        }
        return {};
    }
};

template <class E>
struct closed_enumeration {
    static bool assign(void* value, std::string_view text) { return enumeration_of<E>::find(text, *static_cast<E*>(value)); }
    static std::string_view text(void const* value) { return enumeration_of<E>::text_of(*static_cast<E const*>(value)); }
    static constexpr enumeration_shape table{&assign, &text, &enumeration_of<E>::has, enumeration_of<E>::public_texts()};
};

template <class E>
struct open_enumeration {
    static bool assign(void* value, std::string_view text) {
        auto& open = *static_cast<open_enum<E>*>(value);
        open.value_ = E{};
        keep_unknown(open.unknown_, enumeration_of<E>::find(text, open.value_), text);
        return true;
    }
    static std::string_view text(void const* value) {
        auto const& open = *static_cast<open_enum<E> const*>(value);
        if (auto known = open.value()) return enumeration_of<E>::text_of(*known);
        return open.unknown_text();
    }
    static constexpr enumeration_shape table{&assign, &text, &enumeration_of<E>::has, enumeration_of<E>::public_texts()};
};

} // namespace parley::detail

#endif
