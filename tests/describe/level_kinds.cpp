// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/level_kinds.hpp>

#include <parley/describe/shape_of.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

using parley::shape_kind;
using parley::detail::fits;
using parley::detail::kinds_of;

// A recursive struct.
struct folder {
    std::map<std::string, std::vector<folder>> inside;
};
BOOST_DESCRIBE_STRUCT(folder, (), (inside))

template <class Value, class... Part>
constexpr bool is_applicable(Part... parts) {
    return fits(parley::on("member", parts...), kinds_of<Value>);
}

TEST_CASE("level_kinds: a structure is the last level") {
    constexpr auto kinds = kinds_of<std::map<std::string, std::vector<folder>>>;
    CHECK(kinds.count == 3);
    CHECK(kinds.kinds[0] == shape_kind::map);
    CHECK(kinds.kinds[1] == shape_kind::list);
    CHECK(kinds.kinds[2] == shape_kind::structure);
    CHECK(kinds_of<std::int8_t>.count == 1);
}

TEST_CASE("level_kinds: constraints fit the kinds of their levels") {
    using texts = std::vector<std::optional<std::string>>;
    CHECK(is_applicable<std::string>(parley::length(1, 2), parley::pattern("a")));
    CHECK(!is_applicable<std::string>(parley::range(1, 2)));
    CHECK(is_applicable<double>(parley::range(1, 2)));
    CHECK(!is_applicable<double>(parley::length(1, 2)));
    CHECK(is_applicable<texts>(parley::unique_items(), parley::each(parley::length(1, 2))));
    CHECK(!is_applicable<texts>(parley::pattern("a")));
    CHECK(!is_applicable<texts>(parley::each(parley::each(parley::length(1, 2)))));
    CHECK(!is_applicable<texts>(parley::keys(parley::length(1, 2))));
    CHECK(is_applicable<std::map<std::string, int>>(parley::keys(parley::length(1, 2)), parley::each(parley::range(1, 2))));
    CHECK(!is_applicable<std::map<std::string, int>>(parley::keys(parley::range(1, 2))));
    CHECK(!is_applicable<folder>(parley::length(1, 2)));
    CHECK(is_applicable<folder>());
}

} // namespace

TEST_SUITE_END();
