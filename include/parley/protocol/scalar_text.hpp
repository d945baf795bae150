// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_SCALAR_TEXT_HPP
#define PARLEY_PROTOCOL_SCALAR_TEXT_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape_of.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Appends a number, bool, string, enumeration or timestamp in the form for labels, query parameters and header fields.
///
/// @return False if the value has no text: an enumeration value without a name, or a timestamp outside the calendar.
bool append_scalar_text(std::string& out, shape const& type, void const* value, timestamp_format format);

/// Parses a text in the form of `append_scalar_text`. Leading and trailing spaces are errors.
///
/// @return False if the text is not a value of the type.
bool read_scalar_text(shape const& type, void* value, std::string_view text, timestamp_format format,
                      text_source const& source = {});

} // namespace parley::detail

#endif
