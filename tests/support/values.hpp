// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_VALUES_HPP
#define PARLEY_TESTS_SUPPORT_VALUES_HPP

#include <parley/describe/required.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

/// Random values of any described type, and whether two are equal, by walking the tables of the types. It shares nothing with the
/// decoder, the encoder and the checks of constraints, which are what is tested.
namespace values {

/// All of a value as a text that no other value of its type has, for a person to read, too.
std::string to_text(parley::shape const& what, void const* value);

template <class T>
std::string to_text(T const& value) {
    auto const* there = parley::detail::value_access_of<T>::get_if(&value);
    return there ? to_text(parley::shape_of<T>, there) : "absent";
}

/// What enumerations may hold.
enum class extent {
    described, ///< what the description has, as a server wants it
    open,      ///< other values as well, where the type takes them
};

/// Makes values that keep to all constraints. The same seed makes the same values.
class generator {
public:
    explicit generator(std::uint64_t seed) : engine_(seed) {}

    /// Throws std::runtime_error if it finds no value that fits.
    template <class T>
    T make(extent enumerations = extent::described) {
        enumerations_ = enumerations;
        auto value = parley::detail::access::make<T>();
        fill(parley::shape_of<T>, parley::detail::value_access_of<T>::emplace(&value), nullptr, 0);
        return value;
    }

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
    bool one_in(std::size_t count) { return below(count) == 0; }

    std::string text(parley::constraint const* checks, parley::pattern_view const& pattern);
    std::string bytes(std::size_t count);
    /// A text that `pattern` may match: assertions within it are not looked at.
    std::string sample(parley::pattern_view const& pattern);
    /// JSON without whitespace.
    std::string json(int depth);

private:
    void fill(parley::shape const& what, void* value, parley::value_checks const* checks, int depth);
    void fill_integer(parley::shape const& what, void* value, parley::constraint const* checks);
    void fill_floating(parley::shape const& what, void* value, parley::constraint const* checks);
    void fill_enumeration(parley::enumeration_shape const& what, void* value);
    void fill_timestamp(parley::timestamp_shape const& what, void* value);
    void fill_structure(parley::structure_shape const& s, void* value, int depth);
    void fill_choice(parley::structure_shape const& s, void* value, int depth);
    void fill_list(parley::list_shape const& list, void* value, parley::value_checks const* checks, int depth);
    void fill_map(parley::map_shape const& map, void* value, parley::value_checks const* checks, int depth);
    void fill_held(parley::value_access const& held, void* place, parley::value_checks const* checks, int depth);
    std::size_t count(parley::constraint const* checks, int depth);
    std::uint32_t character_of(std::uint32_t const* words);

    std::mt19937_64 engine_;
    extent enumerations_ = extent::described;
};

} // namespace values

#endif
