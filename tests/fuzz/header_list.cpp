// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Items, one a line, or the value of a field. Promised is:
//   - items that are joined are split into the same;
//   - what was split is split into the same when it is joined again.
#include "fuzz.hpp"

#include <parley/http/header_list.hpp>

#include <string>
#include <vector>

namespace {

std::string joined(std::vector<std::string> const& items) {
    std::string out;
    for (auto const& item : items) parley::detail::append_header_list_item(out, item);
    return out;
}

} // namespace

void fuzz::try_text(std::string_view text) {
    if (auto const items = parley::detail::split_header_list(text))
        must(parley::detail::split_header_list(joined(*items)) == items, "what was split is split again");
    if (auto const dates = parley::detail::split_http_date_list(text)) {
        std::string again;
        for (auto const& date : *dates) {
            must(date.find(',') != date.npos, "a date has a comma");
            again.append(again.empty() ? "" : ", ").append(date);
        }
        must(parley::detail::split_http_date_list(again) == dates, "dates that were split are split again");
    }
    std::vector<std::string> items;
    while (!text.empty()) items.emplace_back(take_line(text));
    must(parley::detail::split_header_list(joined(items)) == items, "what was joined is split");
}
