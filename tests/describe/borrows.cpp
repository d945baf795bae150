// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/borrows.hpp>

#include <boost/describe/class.hpp>

#include <doctest/doctest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("describe");

namespace {

struct owner {
    std::string text{};
    std::pmr::string other{};
    std::vector<std::byte> bytes{};
    std::vector<owner> children{}; // a recursive structure
};
BOOST_DESCRIBE_STRUCT(owner, (), (text, other, bytes, children))

struct deep {
    owner first{};
    std::optional<std::map<std::string, std::vector<std::string_view>>> views{};
};
BOOST_DESCRIBE_STRUCT(deep, (), (first, views))

struct around {
    std::vector<around> more{};
    std::optional<deep> inner{};
};
BOOST_DESCRIBE_STRUCT(around, (), (more, inner))

struct keyed {
    std::map<std::string_view, int> counts{};
};
BOOST_DESCRIBE_STRUCT(keyed, (), (counts))

using choice = std::variant<parley::tagged<"owner", owner>, parley::tagged<"bytes", std::span<std::byte const>>>;

using parley::detail::borrows;

static_assert(!borrows<owner> && !borrows<std::vector<std::string>> && !borrows<std::set<std::pmr::string>>);
static_assert(borrows<std::string_view> && borrows<std::optional<std::span<std::byte const>>>);
static_assert(borrows<deep> && borrows<around> && borrows<keyed> && borrows<choice>);

} // namespace

TEST_CASE("borrows: types with views are recognized at compile time") { CHECK(borrows<around>); }

TEST_SUITE_END();
