// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/shape_of.hpp>

#include <support/types.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("describe");

using namespace types;
using parley::shape_kind;
using parley::shape_of;

namespace {

struct renamed {
    int submitted_at = 0;
    int operator_ = 0;
    int third_one = 0;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (submitted_at, operator_, third_one))
constexpr auto parley_traits(renamed const*) {
    return parley::traits(parley::names(parley::naming::pascal_case), parley::on("third_one", parley::wire_name("3rd \"one\"")));
}

struct kebab {
    int submitted_at = 0;
};
BOOST_DESCRIBE_STRUCT(kebab, (), (submitted_at))
constexpr auto parley_traits(kebab const*) { return parley::traits(parley::names(parley::naming::kebab_case)); }

} // namespace

TEST_CASE("shape_of: the kind of each type is known at compile time") {
    static_assert(shape_of<bool>.kind == shape_kind::boolean);
    static_assert(shape_of<std::uint16_t>.kind == shape_kind::integer && shape_of<std::uint16_t>.size == 2);
    static_assert(shape_of<std::optional<float>>.kind == shape_kind::floating);
    static_assert(shape_of<std::unique_ptr<std::string>>.kind == shape_kind::text);
    static_assert(shape_of<std::chrono::sys_seconds>.kind == shape_kind::timestamp);
    static_assert(shape_of<color>.kind == shape_kind::enumeration && shape_of<level>.kind == shape_kind::integer);
    static_assert(shape_of<std::set<int>>.kind == shape_kind::list && shape_of<std::vector<bool>>.kind == shape_kind::list);
    static_assert(shape_of<std::map<color, int>>.kind == shape_kind::map);
    static_assert(shape_of<figure>.kind == shape_kind::tagged_union);
    static_assert(shape_of<parley::box<tree>>.kind == shape_kind::structure);
}

TEST_CASE("shape_of: wire names are computed at compile time") {
    auto const& s = *shape_of<renamed>.structure;
    CHECK(s.members[0].name == "SubmittedAt");
    CHECK(s.members[1].name == "Operator");
    CHECK(s.members[2].name == "3rd \"one\"");
    CHECK(!s.members[2].plain_name);
    CHECK(shape_of<kebab>.structure->members[0].name == "submitted-at");
    CHECK(s.find("Operator") == &s.members[1]);
    CHECK(!s.find("operator"));
    CHECK(!s.find(""));
}

TEST_CASE("shape_of: includes members of public base classes") {
    auto const& s = *shape_of<derived>.structure;
    CHECK(s.count == 2);
    derived d;
    d.id = "a";
    d.extra = 5;
    auto const* id = s.find("id");
    REQUIRE(id);
    CHECK(static_cast<void const*>(&d.id) == s.place_of(*id, static_cast<void const*>(&d)));
    CHECK(static_cast<void const*>(&d.extra) == s.place_of(*s.find("extra"), static_cast<void const*>(&d)));
}

TEST_CASE("shape_of: members are required unless they are nullable") {
    auto const& s = *shape_of<everything>.structure;
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        bool const optional = m.name == "maybe" || m.name == "owned" || m.name == "shared" || m.name == "plant";
        CAPTURE(m.name);
        CHECK(m.required == !optional);
        CHECK(bool(s.required.contains(i)) == m.required);
        CHECK(s.find(m.name) == &m);
    }
}

TEST_CASE("shape_of: a recursive type has one shape") {
    auto const& s = *shape_of<tree>.structure;
    CHECK(s.find("children")->value.target->list->item.target == &shape_of<tree>);
    CHECK(s.find("twin")->value.target == &shape_of<tree>);
}

TEST_CASE("shape: a full list grows by the estimated number of items") {
    using parley::items_to_add;
    CHECK(items_to_add(0, {}) == 2); // a single item is rare, and a second allocation is expensive
    CHECK(items_to_add(8, {80, 1'000'000}) == 8);
    CHECK(items_to_add(16, {1600, 3400}) == 38);       // 100 bytes each; 34 items and 1/8 more
    CHECK(items_to_add(16, {1600, 1'000'000}) == 112); // at most seven times the size
    CHECK(items_to_add(1000, {100'000, 0}) == 500);    // at least half of the size: the number of moves stays proportional
}

TEST_SUITE_END();
