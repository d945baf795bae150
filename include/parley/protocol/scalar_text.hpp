// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_SCALAR_TEXT_HPP
#define PARLEY_PROTOCOL_SCALAR_TEXT_HPP

#include <parley/core/config.hpp>
#include <parley/describe/shape_of.hpp>

#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Appends a number, bool, text, enumeration or timestamp as labels, query parameters and headers have it. False if the
/// value has no text: an enumeration value without a name, a timestamp outside of the calendar.
bool append_scalar_text(std::string& out, shape const& what, void const* value, timestamp_format format);

/// Reads what `append_scalar_text` writes: the whole text, without spaces around. False if it is none of the type.
bool read_scalar_text(shape const& what, void* value, std::string_view text, timestamp_format format,
                      text_source const& source = {});

} // namespace parley::detail

#endif
