// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Items, one per line, or a header value. Properties:
//   - joined items are split into the same items;
//   - split items can be joined and split again without a change.
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
        must(parley::detail::split_header_list(joined(*items)) == items, "split items can be joined and split again");
    if (auto const dates = parley::detail::split_http_date_list(text)) {
        std::string again;
        for (auto const& date : *dates) {
            must(date.find(',') != date.npos, "a date has a comma");
            again.append(again.empty() ? "" : ", ").append(date);
        }
        must(parley::detail::split_http_date_list(again) == dates, "split dates can be joined and split again");
    }
    std::vector<std::string> items;
    while (!text.empty()) items.emplace_back(take_line(text));
    must(parley::detail::split_header_list(joined(items)) == items, "joined items are split into the same items");
}
