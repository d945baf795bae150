// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_VALIDATE_HPP
#define PARLEY_DESCRIBE_VALIDATE_HPP

#include <parley/core/error.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI {

namespace detail {

// The value of an integer or floating value of any size.
std::int64_t signed_value(shape const& what, void const* value) noexcept;
std::uint64_t unsigned_value(shape const& what, void const* value) noexcept;
double floating_value(shape const& what, void const* value) noexcept;

/// What a text violates of the constraints, length and pattern; the violations have no path yet.
void check_text(std::string_view text, constraint const& checks, pattern_view const& pattern, std::vector<violation>& found);

/// What `value` itself, without what it holds, violates of `checks`, which say something of it; the violations have no path yet.
void check_value(shape const& what, void const* value, value_checks const& checks, std::vector<violation>& found);

/// What is wrong with a text that is none of the values of an enumeration; no path yet.
violation unknown_value(enumeration_shape const& enumeration);

/// Of a text that a view cannot refer to.
violation refused_view();

/// That so many keys of a hash table are in the way of each other that they were chosen for it.
violation crowded_table();

/// Puts "*" for the keys of sensitive maps in the path of a violation within a value of that shape.
void hide_secrets(shape const& what, std::string& path);

/// All that is wrong with the value of a member, and what it holds.
void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& found);

/// All that is wrong with `value` and what it holds.
void validate(shape const& what, void const* value, std::size_t max_depth, std::vector<violation>& found);

} // namespace detail

/// Checks a value against its description: constraints, enumeration values that have no name, unions that hold nothing,
/// more than `max_depth` levels. Returns all that is wrong, or nothing.
///
///     if (auto wrong = parley::validate(query)) std::puts(wrong->message().c_str());
template <class T>
std::optional<data_error> validate(T const& value, std::size_t max_depth = 256) {
    data_error error;
    if (auto const* there = detail::value_access_of<T>::get_if(&value))
        detail::validate(shape_of<T>, there, max_depth, error.violations);
    if (error.violations.empty()) return std::nullopt;
    return error;
}

} // namespace parley

#endif
