// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/http/header_list.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("http");

namespace {
using items = std::vector<std::string>;
std::string joined(items const& list) {
    std::string out;
    for (auto const& item : list) parley::detail::append_header_list_item(out, item);
    return out;
}
} // namespace

TEST_CASE("header_list: items with commas or quotation marks are quoted") {
    CHECK(joined({"a", "b c"}) == "a, b c");
    CHECK(joined({"b,c", "\"def\"", "a", "x\\y", "p,\\"}) == R"("b,c", "\"def\"", a, x\y, "p,\\")");
}

TEST_CASE("header_list: splitting restores the items") {
    for (items const& list : {items{"a"}, items{"a", "b"}, items{"b,c", "\"def\"", "a"}, items{"x\\", "p,\\q"}, items{""},
                              items{"", "a"}, items{"a", "", ""}, items{" a", "b\t"}, items{" "}, items{}})
        CHECK(parley::detail::split_header_list(joined(list)) == list);
    CHECK(parley::detail::split_header_list(" a ,\tb ") == items{"a", "b"});
    CHECK(parley::detail::split_header_list("")->empty());
    CHECK(parley::detail::split_header_list("a,,b") == items{"a", "", "b"});
    for (auto const* bad : {"\"a", "\"a\\\"", "\"a\"b"}) CHECK(!parley::detail::split_header_list(bad));
}

TEST_CASE("header_list: each date contains a comma") {
    CHECK(parley::detail::split_http_date_list("Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT")
          == items{"Mon, 16 Dec 2019 23:48:18 GMT", "Tue, 17 Dec 2019 23:48:18 GMT"});
    CHECK(!parley::detail::split_http_date_list("today"));
}

TEST_SUITE_END();
