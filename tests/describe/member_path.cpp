// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/member_path.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <string>

TEST_SUITE_BEGIN("describe");

namespace {

struct inner {
    std::optional<std::string> token{};
};
BOOST_DESCRIBE_STRUCT(inner, (), (token))
struct outer {
    std::optional<inner> result{};
    int count = 0;
    parley::required<std::string> start;
};
BOOST_DESCRIBE_STRUCT(outer, (), (result, count, start))

constexpr std::string_view token_path = "result.token", count_path = "count", start_path = "start";

} // namespace

TEST_CASE("member_path: a path finds nested members") {
    outer o{.start = "a"};
    CHECK(parley::detail::value_at<token_path>(o) == nullptr);
    o.result.emplace();
    CHECK(parley::detail::value_at<token_path>(o) == nullptr);
    o.result->token = "t";
    REQUIRE(parley::detail::value_at<token_path>(o) != nullptr);
    CHECK(*parley::detail::value_at<token_path>(o) == "t");
    *parley::detail::value_at<count_path>(o) = 3;
    CHECK(o.count == 3);
    CHECK(*parley::detail::value_at<start_path>(o) == "a");
}

TEST_CASE("member_path: a member can be assigned") {
    outer o{.start = "a"};
    parley::detail::place_at<start_path>(o) = std::string("b");
    CHECK(*o.start == "b");
}

TEST_SUITE_END();
