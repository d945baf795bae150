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

/// Generates and compares random values of described types, using the tables of the types. Shares no code with the decoder, the encoder
/// and the constraint checks under test.
namespace values {

/// Returns a readable text that is different for different values of a type.
std::string to_text(parley::shape const& type, void const* value);

template <class T>
std::string to_text(T const& value) {
    auto const* held = parley::detail::value_access_of<T>::get_if(&value);
    return held ? to_text(parley::shape_of<T>, held) : "absent";
}

/// The values of enumerations.
enum class extent {
    described, ///< described values only, as a server requires
    open,      ///< also unknown values, if the type supports them
};

/// Generates values that satisfy all constraints. The same seed generates the same values.
class generator {
public:
    explicit generator(std::uint64_t seed) : engine_(seed) {}

    /// Throws std::runtime_error if it finds no value that satisfies the constraints.
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
    /// Returns a text that `pattern` may match. Assertions are ignored.
    std::string sample(parley::pattern_view const& pattern);
    /// Returns random JSON without whitespace.
    std::string json(int depth);

private:
    void fill(parley::shape const& type, void* value, parley::value_checks const* checks, int depth);
    void fill_integer(parley::shape const& type, void* value, parley::constraint const* checks);
    void fill_floating(parley::shape const& type, void* value, parley::constraint const* checks);
    void fill_enumeration(parley::enumeration_shape const& type, void* value);
    void fill_timestamp(parley::timestamp_shape const& type, void* value);
    void fill_structure(parley::structure_shape const& s, void* value, int depth);
    void fill_union(parley::structure_shape const& s, void* value, int depth);
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
