// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/json_rpc_table.hpp>

#include <support/arithmetic.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("protocol");

using parley::detail::rpc_table_of;

TEST_CASE("json_rpc_table: the table of an operation has its name, params and errors") {
    CHECK(rpc_table_of<arithmetic::subtract>::value.name == "subtract");
    CHECK(rpc_table_of<arithmetic::foo_get>::value.name == "foo.get");
    CHECK(rpc_table_of<arithmetic::subtract>::value.params == parley::rpc_params::by_position);
    CHECK(rpc_table_of<arithmetic::subtract_by_name>::value.params == parley::rpc_params::by_name);
    auto const errors = rpc_table_of<arithmetic::divide>::value.errors;
    REQUIRE(errors.size() == 2); // declared by the operation and by the service
    CHECK(errors[0].code == 1001);
    CHECK(errors[0].message == "Division by zero");
    CHECK(errors[1].code == -32001);
    CHECK(errors[1].fault == parley::fault::client);
}

namespace {

struct chatty {
    using protocol = parley::json_rpc;
    static constexpr auto params = parley::rpc_params::by_position;
};
struct greet : arithmetic::foo_get {
    using service = chatty;
};
struct part : greet {
    static constexpr auto params = parley::rpc_params::by_name;
};

} // namespace

TEST_CASE("json_rpc_table: the params of the service are the default for its operations") {
    CHECK(rpc_table_of<greet>::value.params == parley::rpc_params::by_position);
    CHECK(rpc_table_of<part>::value.params == parley::rpc_params::by_name);
}

TEST_SUITE_END();
