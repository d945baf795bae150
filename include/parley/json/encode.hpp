// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_ENCODE_HPP
#define PARLEY_JSON_ENCODE_HPP

#include <parley/core/config.hpp>
#include <parley/core/error.hpp>
#include <parley/core/result.hpp>
#include <parley/describe/shape_of.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace parley::inline PARLEY_ABI {

namespace detail {

/// The source of `encode_json`.
struct encode_job {
    shape const* type = nullptr;
    void const* object = nullptr;
    member_set const* members = nullptr;                     ///< the members of the outermost structure to write; null: all
    timestamp_format format = timestamp_format::unspecified; ///< the default format of timestamps
    std::size_t max_depth = 256;
    bool by_position = false; ///< write the outermost structure as an array of its members' values, in order
};

/// Appends the JSON text of the value to `out`, and the values that cannot be encoded to `errors`. Returns true if there are no
/// errors.
bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors);

} // namespace detail

/// Appends the JSON text of `value` to `out`.
///
/// Writes members in the order of the description and omits absent ones. Reuse `out` for several calls to reuse its memory.
///
/// @param out   Receives the text. Incomplete after an error.
/// @param value The value to write.
/// @return Nothing, or the errors: strings that are not UTF-8, enumeration values without a name, unions without an alternative,
///         dates outside of the years 0000 to 9999, more than 256 levels of nesting.
template <class T>
std::optional<data_error> write_json(std::string& out, T const& value) {
    data_error error;
    detail::encode_job job{&shape_of<T>, detail::value_access_of<T>::get_if(&value)};
    if (detail::encode_json(job, out, error.violations)) return std::nullopt;
    return error;
}

/// Returns the JSON text of `value`.
///
/// @param value The value to write.
/// @return The text, or the errors that `write_json` returns.
///
/// @par Example
///     std::string text = parley::to_json(weather{.celsius = 21.5}).value();   // {"celsius":21.5}
template <class T>
result<std::string> to_json(T const& value) {
    std::string text;
    if (auto error = write_json(text, value)) return std::move(*error);
    return text;
}

} // namespace parley

#endif
