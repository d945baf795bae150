// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_LOCATE_HPP
#define PARLEY_JSON_LOCATE_HPP

#include <parley/core/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Walks JSON text without decoding it, to find a place in it: where an error is, or what a JSON Pointer names.
/// Meant for text that was found to be JSON, at least up to the place looked for; on any other it stops early, but never
/// reads outside of the text.

/// The text of one value, `begin` bytes into the whole.
struct json_slice {
    std::string_view text;
    std::size_t begin = 0;
};

/// The value that `pointer` (RFC 6901) names, the last one where members are duplicated; nothing if there is none.
std::optional<json_slice> find_json(std::string_view text, std::string_view pointer);

/// The offset of the value that `pointer` names, or of the innermost value around it that exists.
std::size_t locate_json(std::string_view text, std::string_view pointer);

/// The member of the object `text` that is named `name`, the last one where it is duplicated; where case is ignored, the
/// first one.
std::optional<json_slice> find_json_member(std::string_view text, std::string_view name, bool ignore_case = false);

/// The content of a scalar as text: a string unescaped, a number or literal as it is written. Nothing for null, objects,
/// arrays.
std::optional<std::string> json_scalar_text(std::string_view value);

} // namespace parley::detail

#endif
