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

// Return an integer or floating-point value of any size.
std::int64_t signed_value(shape const& type, void const* value) noexcept;
std::uint64_t unsigned_value(shape const& type, void const* value) noexcept;
double floating_value(shape const& type, void const* value) noexcept;

/// Checks the length and the pattern of a text. Appends violations without a path.
void check_text(std::string_view text, constraint const& checks, pattern_view const& pattern, std::vector<violation>& violations);

/// Checks `value`, but not the values in it, against `checks.value`, which must not be null. Appends violations without a path.
void check_value(shape const& type, void const* value, value_checks const& checks, std::vector<violation>& violations);

/// Returns the violation for a text that is not a value of the enumeration, without a path.
violation unknown_value(enumeration_shape const& enumeration);

/// Returns the violation for a text to which a view cannot refer.
violation refused_view();

/// Returns the violation for a hash table with so many collisions that its keys are presumably an attack.
violation crowded_table();

/// Replaces the keys of sensitive maps in the path of a violation by "*".
void hide_secrets(shape const& type, std::string& path);

/// Validates the value of a member and all values in it.
void validate_member(member const& m, void const* value, std::size_t max_depth, std::vector<violation>& violations);

/// Validates `value` and all values in it.
void validate(shape const& type, void const* value, std::size_t max_depth, std::vector<violation>& violations);

} // namespace detail

/// Checks a value against its description: constraints, enumeration values without a name, unions without an active alternative, and
/// nesting depth.
///
///     if (auto error = parley::validate(query)) std::puts(error->message().c_str());
///
/// @param value     The value, of a described or supported type.
/// @param max_depth Maximum number of nested levels.
/// @return All violations, at most 1,000 and a few more, or `nullopt` if the value is valid.
template <class T>
std::optional<data_error> validate(T const& value, std::size_t max_depth = 256) {
    data_error error;
    if (auto const* content = detail::value_access_of<T>::get_if(&value))
        detail::validate(shape_of<T>, content, max_depth, error.violations);
    if (error.violations.empty()) return std::nullopt;
    return error;
}

} // namespace parley

#endif
