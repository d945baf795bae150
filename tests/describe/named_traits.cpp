// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/named_traits.hpp>

#include <parley/describe/shape_of.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

struct order {
    std::string id;
    std::string name;
    std::vector<std::string> tags;
    std::map<std::string, int> counts;
};
BOOST_DESCRIBE_STRUCT(order, (), (id, name, tags, counts))
constexpr auto parley_traits(order const*) {
    return parley::traits(parley::on("counts", parley::keys(parley::max_length(9)), parley::each(parley::range(1, 2))),
                          parley::on("name", parley::max_length(9), parley::sensitive()),
                          parley::on("tags", parley::each(parley::max_length(9))));
}

parley::member const& member_of_order(std::string_view name) { return *parley::shape_of<order>.structure->find(name); }

TEST_CASE("named_traits: traits apply to the member that they name") {
    CHECK(!member_of_order("id").sensitive);
    CHECK(member_of_order("id").checks == nullptr);
    CHECK(member_of_order("name").sensitive);
    REQUIRE(member_of_order("name").checks != nullptr);
    CHECK(member_of_order("name").checks->value->max_length == 9);
    CHECK(member_of_order("name").checks->each == nullptr);
}

TEST_CASE("named_traits: members with the same constraints share one table") {
    auto const* tags = member_of_order("tags").checks;
    auto const* counts = member_of_order("counts").checks;
    REQUIRE(tags != nullptr);
    REQUIRE(counts != nullptr);
    CHECK(tags->value == nullptr);
    REQUIRE(tags->each != nullptr);
    CHECK(tags->each == member_of_order("name").checks);
    CHECK(counts->keys == tags->each->value);
    CHECK(counts->each->value->max_integer == 2);
}

} // namespace

TEST_SUITE_END();
