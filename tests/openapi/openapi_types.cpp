// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/openapi/openapi_types.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("openapi");

namespace {

namespace shop {
struct item {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(item, (), (name))
enum class color { red };
BOOST_DESCRIBE_ENUM(color, red)
} // namespace shop

namespace store {
struct item {
    std::vector<shop::item> parts;
    std::optional<std::set<int>> numbers;
    parley::open_enum<shop::color> paint;
};
BOOST_DESCRIBE_STRUCT(item, (), (parts, numbers, paint))
struct order {
    struct input {
        item what;
        std::variant<shop::item, parley::tagged<"n", int>> either;
    };
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what, either))
} // namespace store

parley::detail::openapi_types made() {
    parley::detail::openapi_types types;
    types.add_scope(parley::detail::qualified_name<store::order>());
    types.add<store::order::input>();
    types.give_names();
    return types;
}

} // namespace

TEST_CASE("openapi_types: nested types are collected; ambiguous names are qualified") {
    auto const types = made();
    CHECK(types.at(parley::shape_of<store::order::input>).name == "order.input");
    auto const& one = types.at(parley::shape_of<shop::item>).name;
    auto const& other = types.at(parley::shape_of<store::item>).name;
    CHECK(one.ends_with("shop.item"));
    CHECK(other.ends_with("store.item"));
    for (auto const& name : {one, other})
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == std::string::npos);
}

TEST_CASE("openapi_types: sets, open enumerations and unnamed unions are distinguished") {
    auto const types = made();
    CHECK(types.at(parley::shape_of<std::set<int>>).unique);
    CHECK(!types.at(parley::shape_of<std::vector<shop::item>>).unique);
    CHECK(types.at(parley::shape_of<parley::open_enum<shop::color>>).open);
    CHECK(types.at(parley::shape_of<std::variant<shop::item, parley::tagged<"n", int>>>).qualified_name.empty());
}

TEST_SUITE_END();
