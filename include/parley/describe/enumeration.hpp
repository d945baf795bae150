// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ENUMERATION_HPP
#define PARLEY_DESCRIBE_ENUMERATION_HPP

#include <parley/describe/mistake.hpp>
#include <parley/describe/open_enum.hpp>
#include <parley/describe/shape.hpp>
#include <parley/describe/wire_name.hpp>

#include <boost/describe/enumerators.hpp>

#include <array>
#include <type_traits>

namespace parley::detail {

template <class E, class List>
struct enumerators;

/// The texts and values of a described enumeration, sorted by text.
template <class E, template <class...> class List, class... D>
struct enumerators<E, List<D...>> {
    static constexpr std::size_t count = sizeof...(D);
    struct one {
        std::string_view text;
        E value;
    };
    static constexpr std::array<std::string_view, count> cpp_names{std::string_view(D::name)...};
    static constexpr auto traits = traits_of<E>();
    static constexpr auto names = make_wire_names<room_for_wire_names(cpp_names, traits)>(cpp_names, traits);

    static constexpr std::array<one, count> sort() {
        std::array<one, count> all{one{{}, D::value}...};
        for (std::size_t i = 0; i < count; ++i) all[i].text = names[i];
        for (std::size_t gap = count / 2; gap > 0; gap /= 2) {
            for (std::size_t i = gap; i < count; ++i) {
                for (std::size_t j = i; j >= gap && all[j].text < all[j - gap].text; j -= gap) {
                    auto const swapped = all[j];
                    all[j] = all[j - gap];
                    all[j - gap] = swapped;
                }
            }
        }
        return all;
    }
    static constexpr auto sorted = sort();

    static bool find(std::string_view text, E& value) noexcept {
        std::size_t low = 0, high = count;
        while (low < high) {
            auto const middle = (low + high) / 2;
            auto const order = sorted[middle].text.compare(text);
            if (order == 0) return value = sorted[middle].value, true;
            if (order < 0) low = middle + 1;
            else high = middle;
        }
        return false;
    }
    static std::string_view text_of(E value) noexcept {
        for (auto const& each : sorted) {
            if (each.value == value) return each.text;
        }
        return {};
    }
};

template <class E>
struct enumerators_of_checked {
    static_assert(boost::describe::has_describe_enumerators<E>::value,
                  "parley: this enumeration is not described: add BOOST_DESCRIBE_ENUM beside it, or "
                  "parley::as_integer() in its traits if it travels as a number");
    using type = enumerators<E, boost::describe::describe_enumerators<E>>;
};
template <class E>
using enumerators_of = typename enumerators_of_checked<E>::type;

template <class E>
struct closed_enumeration {
    static bool assign(void* value, std::string_view text) {
        return enumerators_of<E>::find(text, *static_cast<E*>(value));
    }
    static std::string_view text(void const* value) { return enumerators_of<E>::text_of(*static_cast<E const*>(value)); }
    static constexpr enumeration_shape table{&assign, &text};
};

template <class E>
struct open_enumeration {
    static bool assign(void* value, std::string_view text) {
        auto& open = *static_cast<open_enum<E>*>(value);
        E known{};
        if (enumerators_of<E>::find(text, known)) open = known;
        else open = open_enum<E>::unknown(std::string(text));
        return true;
    }
    static std::string_view text(void const* value) {
        auto const& open = *static_cast<open_enum<E> const*>(value);
        if (auto known = open.value()) return enumerators_of<E>::text_of(*known);
        return open.unknown_text();
    }
    static constexpr enumeration_shape table{&assign, &text};
};

} // namespace parley::detail

#endif
