// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADER_LIST_HPP
#define PARLEY_HTTP_HEADER_LIST_HPP

#include <parley/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

// Lists in header fields. https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules

/// Appends one more item, after ", " if there was one. An item with a comma or quotation mark, with
/// spaces around it or of no characters at all is quoted.
void append_header_list_item(std::string& out, std::string_view item);

/// The items of a list, unquoted; nothing if a quotation is not closed.
std::optional<std::vector<std::string>> split_header_list(std::string_view value);

/// The items of a list of HTTP dates, each of which has a comma of its own.
std::optional<std::vector<std::string>> split_http_date_list(std::string_view value);

} // namespace parley::detail

#endif
