// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/router_config.hpp>

#include <parley/server/json_rpc_server.hpp>
#include <parley/server/router.hpp>

#include <support/arithmetic.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("server");

namespace {

struct add_up {
    struct input {
        std::vector<int> numbers;
    };
    struct output {
        std::size_t count = 0;
    };
    static constexpr auto http = parley::http("POST /sum");
};
BOOST_DESCRIBE_STRUCT(add_up::input, (), (numbers))
BOOST_DESCRIBE_STRUCT(add_up::output, (), (count))

std::string zeros(std::size_t count) {
    std::string list = "[0";
    for (std::size_t i = 1; i < count; ++i) list += ",0";
    return list += ']';
}

} // namespace

TEST_CASE("router_config: the default limits are lower than those of clients") {
    parley::router_config const config;
    CHECK(config.limits.bytes < parley::decode_limits().bytes);
    CHECK(config.limits.values < parley::decode_limits().values);
    CHECK(config.limits.depth == parley::decode_limits().depth);
    CHECK(config.target_bytes >= 8000); // RFC 9110, section 4.1
    // Also if another limit is set.
    CHECK(parley::router_config{.limits = {.depth = 8}}.limits.bytes == config.limits.bytes);
    CHECK(parley::router_config{.limits = {.bytes = 8}}.limits.values == config.limits.values);
}

TEST_CASE("router_config: a body of more than 100,000 values is rejected by default") {
    parley::router<parley::operations<add_up>> const router{
        parley::handle<add_up>([](add_up::input const& in) { return add_up::output{in.numbers.size()}; })};
    auto const status = [&](std::size_t items) {
        parley::http_request request;
        request.method = "POST";
        request.target = "/sum";
        request.fields.add("content-type", "application/json");
        request.body = R"({"numbers":)" + zeros(items) + '}';
        return router(request).status;
    };
    CHECK(status(99'990) == 200); // the list and the enclosing object are values as well
    CHECK(status(100'000) == 400);
    CHECK(status(5'000'000) == 400); // does not exceed the limit on bytes
}

TEST_CASE("json_rpc_server: params of more than 100,000 values are rejected by default") {
    parley::json_rpc_server server{
        parley::serve<arithmetic::sum>([](std::vector<int> const& in) { return static_cast<int>(in.size()); })};
    auto const answer = [&](std::size_t items) {
        return server.handle(R"({"jsonrpc":"2.0","method":"sum","params":)" + zeros(items) + R"(,"id":1})").value_or("");
    };
    CHECK(answer(90'000) == R"({"jsonrpc":"2.0","result":90000,"id":1})");
    CHECK(answer(100'001).find("\"error\"") != std::string::npos);
}

TEST_SUITE_END();
