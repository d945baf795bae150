// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_LOCATE_HPP
#define PARLEY_JSON_LOCATE_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

// These functions walk JSON text without decoding it. They are meant for text that is known to be JSON, at least up to the wanted
// value. On other text they stop early; they never read beyond its end.

/// The text of one value, and its offset in the whole text in bytes.
struct json_slice {
    std::string_view text;
    std::size_t begin = 0;
};

/// Returns the value that `pointer` (RFC 6901) names, the last one if members are duplicated, or `nullopt` if it does not exist.
std::optional<json_slice> find_json(std::string_view text, std::string_view pointer);

/// Returns the offset in bytes of the value that `pointer` names, or of the innermost enclosing value that exists.
std::size_t locate_json(std::string_view text, std::string_view pointer);

/// Returns the member `name` of the object `text`: the last of duplicates, or the first if case is ignored.
std::optional<json_slice> find_json_member(std::string_view text, std::string_view name, bool ignore_case = false);

/// Returns the content of a scalar: a string unescaped, a number, true or false as written. `nullopt` for null, objects and
/// arrays.
std::optional<std::string> json_scalar_text(std::string_view value);

} // namespace parley::detail

#endif
