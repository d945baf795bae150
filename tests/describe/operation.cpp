// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/operation.hpp>

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

namespace {

struct one {};
struct two {};
struct three {};

struct shop {
    using errors = parley::errors<three>;
};
struct least {
    struct input {};
    using output = int;
};
struct full {
    struct input {};
    struct output {};
    using errors = parley::errors<one, two>;
    using service = shop;
    static constexpr parley::operation_traits traits{.readonly = true, .gzip = true};
    static constexpr auto http = parley::http("GET /a", "201\nx: {y}");
};
struct without_output {
    struct input {};
};
struct without_input {
    using output = int;
};
struct other_traits : least {
    static constexpr int traits = 1; // something of the user's own
};

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("operation: needs an input and an output") {
    CHECK(parley::operation<least>);
    CHECK(parley::operation<full>);
    CHECK(!parley::operation<without_output>);
    CHECK(!parley::operation<without_input>);
    CHECK(!parley::operation<int>);
}

TEST_CASE("operation: errors and service can be left out") {
    using namespace parley::detail;
    CHECK(std::is_same_v<errors_of<full>::type, parley::errors<one, two>>);
    CHECK(std::is_same_v<errors_of<least>::type, parley::errors<>>);
    CHECK(std::is_same_v<service_of<full>::type, shop>);
    CHECK(std::is_same_v<errors_of<service_of<full>::type>::type, parley::errors<three>>);
    CHECK(std::is_same_v<errors_of<service_of<least>::type>::type, parley::errors<>>);
}

TEST_CASE("operation: nothing is assumed of one that says nothing") {
    constexpr auto silent = parley::detail::traits_of_operation<least>();
    CHECK(!silent.readonly);
    CHECK(!silent.idempotent);
    CHECK(!silent.checksum_required);
    CHECK(!silent.gzip);
    constexpr auto said = parley::detail::traits_of_operation<full>();
    CHECK(said.readonly);
    CHECK(!said.idempotent);
    CHECK(!said.checksum_required);
    CHECK(said.gzip);
    CHECK(!parley::detail::traits_of_operation<other_traits>().readonly);
}

TEST_CASE("operation: the response of http is 200 where it is left out") {
    CHECK(full::http.request == "GET /a");
    CHECK(full::http.response == "201\nx: {y}");
    constexpr auto only_request = parley::http("GET /a");
    CHECK(only_request.request == "GET /a");
    CHECK(only_request.response == "200");
}

TEST_CASE("operation: a page token that comes again is an error, unless it marks the end") {
    constexpr parley::paginated pagination{.input_token = "from", .output_token = "next"};
    CHECK(pagination.page_size.empty());
    CHECK(pagination.items.empty());
    CHECK(!pagination.ends_with_same_token);
}

TEST_SUITE_END();
