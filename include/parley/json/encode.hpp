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

/// What is encoded, and how.
struct encode_job {
    shape const* what = nullptr;
    void const* object = nullptr;
    member_set const* members = nullptr; ///< which members of the outermost structure to write; null: all
    timestamp_format format = timestamp_format::unspecified;
    std::size_t max_depth = 256;
    bool by_position = false; ///< the outermost structure is an array: of its members' values, in order
};

/// Appends the JSON text of the value to `out`. Appends what cannot be encoded to `errors`; true if there was nothing.
bool encode_json(encode_job const& job, std::string& out, std::vector<violation>& errors);

} // namespace detail

/// Appends the JSON text of `value` to `out`, which may be used again and again, so that its memory is.
/// Members come in the order of the description, absent ones are left out.
///
/// Returns what cannot be encoded, and then leaves an unfinished text: texts that are not UTF-8, enumeration values that
/// have no name, unions that hold nothing, more than 256 levels.
template <class T>
std::optional<data_error> write_json(std::string& out, T const& value) {
    data_error error;
    detail::encode_job job{&shape_of<T>, detail::value_access_of<T>::get_if(&value)};
    if (detail::encode_json(job, out, error.violations)) return std::nullopt;
    return error;
}

/// The JSON text of `value`; fails as `write_json` does.
///
///     std::string text = parley::to_json(weather{.celsius = 21.5}).value();   // {"celsius":21.5}
template <class T>
result<std::string> to_json(T const& value) {
    std::string text;
    if (auto error = write_json(text, value)) return std::move(*error);
    return text;
}

} // namespace parley

#endif
