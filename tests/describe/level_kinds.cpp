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

namespace {

using parley::shape_kind;
using parley::detail::fits;
using parley::detail::kinds_of;

// Holds itself in what its kinds are asked of.
struct folder {
    std::map<std::string, std::vector<folder>> inside;
};
BOOST_DESCRIBE_STRUCT(folder, (), (inside))

template <class Value, class... Part>
constexpr bool has_meaning(Part... parts) {
    return fits(parley::on("member", parts...), kinds_of<Value>);
}

TEST_CASE("the kinds of a value end with a structure") {
    constexpr auto kinds = kinds_of<std::map<std::string, std::vector<folder>>>;
    CHECK(kinds.count == 3);
    CHECK(kinds.kinds[0] == shape_kind::map);
    CHECK(kinds.kinds[1] == shape_kind::list);
    CHECK(kinds.kinds[2] == shape_kind::structure);
    CHECK(kinds_of<std::int8_t>.count == 1);
}

TEST_CASE("what has a meaning for a type") {
    using texts = std::vector<std::optional<std::string>>;
    CHECK(has_meaning<std::string>(parley::length(1, 2), parley::pattern("a")));
    CHECK(!has_meaning<std::string>(parley::range(1, 2)));
    CHECK(has_meaning<double>(parley::range(1, 2)));
    CHECK(!has_meaning<double>(parley::length(1, 2)));
    CHECK(has_meaning<texts>(parley::unique_items(), parley::each(parley::length(1, 2))));
    CHECK(!has_meaning<texts>(parley::pattern("a")));
    CHECK(!has_meaning<texts>(parley::each(parley::each(parley::length(1, 2)))));
    CHECK(!has_meaning<texts>(parley::keys(parley::length(1, 2))));
    CHECK(has_meaning<std::map<std::string, int>>(parley::keys(parley::length(1, 2)), parley::each(parley::range(1, 2))));
    CHECK(!has_meaning<std::map<std::string, int>>(parley::keys(parley::range(1, 2))));
    CHECK(!has_meaning<folder>(parley::length(1, 2)));
    CHECK(has_meaning<folder>());
}

} // namespace
