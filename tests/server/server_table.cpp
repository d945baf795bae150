// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/server_table.hpp>

#include <support/garden.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("server");

using parley::detail::server_of;

namespace {

// Routes with the same method, each with one difference.

#define PARLEY_TEST_ROUTE(NAME, TEMPLATE)                                                                                        \
    struct NAME {                                                                                                                \
        struct input {                                                                                                           \
            parley::required<std::string> a;                                                                                     \
        };                                                                                                                       \
        using output = parley::unit;                                                                                             \
        static constexpr auto http = parley::http(TEMPLATE);                                                                     \
    };                                                                                                                           \
    BOOST_DESCRIBE_STRUCT(NAME::input, (), (a))

PARLEY_TEST_ROUTE(greedy, "GET /x/{a+}")
PARLEY_TEST_ROUTE(label, "GET /x/{a}")
PARLEY_TEST_ROUTE(mixed, "GET /x/{a}.txt")
PARLEY_TEST_ROUTE(longer, "GET /x/{a+}/y")
PARLEY_TEST_ROUTE(one_literal, "GET /x/{a}?k")
PARLEY_TEST_ROUTE(other_literal, "GET /x/{a}?k=1")
PARLEY_TEST_ROUTE(two_literals, "GET /x/{a}?k=1&l")
PARLEY_TEST_ROUTE(with_host, "GET /x/{a}\nhost: h.*")

using all = parley::operations<greedy, label, one_literal, other_literal, two_literals, with_host, mixed, longer>;

std::string_view route(std::string_view target, std::string_view host = "example.com") {
    constexpr auto const& table = server_of<all>::table;
    parley::request_view request;
    request.method = "GET";
    request.target = target;
    request.host = host;
    auto const found = table.engine->route(table.operations, request, true).position;
    return found ? table.operations[*found]->name : "none";
}

} // namespace

TEST_CASE("server_table: more specific operations come first") {
    std::vector<std::string_view> names;
    for (auto const* op : server_of<all>::sorted) names.push_back(op->name);
    CHECK(names
          == std::vector<std::string_view>{"mixed", "two_literals", "other_literal", "one_literal", "label", "with_host",
                                           "longer", "greedy"});
    static_assert(server_of<all>::position_of<greedy>() == 7);
}

TEST_CASE("server_table: a request matches the most specific operation") {
    CHECK(route("/x/a") == "label");
    CHECK(route("/x/a.txt?k=1") == "mixed");
    CHECK(route("/x/a?k=1&l=2") == "two_literals");
    CHECK(route("/x/a?l&k=2") == "one_literal");
    CHECK(route("/x/a?%6B=%31") == "other_literal");
    CHECK(route("/x/a?k=2") == "one_literal");
    CHECK(route("/x/a/b") == "greedy");
    CHECK(route("/x/a/b/y") == "longer");
    CHECK(route("/y") == "none");
}

TEST_SUITE_END();
