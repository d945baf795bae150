// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_HEADER_LIST_HPP
#define PARLEY_HTTP_HEADER_LIST_HPP

#include <parley/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::inline PARLEY_ABI::detail {

// Lists in header fields: https://smithy.io/2.0/spec/http-bindings.html#httpheader-serialization-rules

/// Appends an item to a list. Quotes an item that is empty, contains a comma or a quotation mark, or has leading or trailing whitespace.
void append_header_list_item(std::string& out, std::string_view item);

/// Returns the items of a list without quotation marks, or `nullopt` if a quoted string is malformed.
std::optional<std::vector<std::string>> split_header_list(std::string_view value);

/// Returns the items of a list of HTTP dates, each of which contains a comma; `nullopt` if an item has none.
std::optional<std::vector<std::string>> split_http_date_list(std::string_view value);

} // namespace parley::detail

#endif
