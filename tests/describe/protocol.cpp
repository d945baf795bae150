// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/protocol.hpp>

#include <parley/aws.hpp>
#include <parley/client.hpp>
#include <parley/describe/unit.hpp>
#include <parley/json_rpc.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <string>
#include <type_traits>

namespace {

struct rest_service {
    using protocol = parley::rest_json;
};
struct json_1_0_service {
    using protocol = parley::aws_json_1_0;
    static constexpr parley::aws_service aws{.target_prefix = "Shop"};
};
struct json_1_1_service {
    using protocol = parley::aws_json_1_1;
    static constexpr parley::aws_service aws{.target_prefix = "Shop"};
};
struct silent_service {};

struct order {
    std::string item;
};
BOOST_DESCRIBE_STRUCT(order, (), (item))

template <class Service>
struct buy {
    using input = order;
    using output = parley::unit;
    using service = Service;
    static constexpr std::string_view name = "Buy";
    static constexpr auto http = parley::http("POST /orders");
};

/// What a client sends.
template <class Service>
parley::http_request sent() {
    parley::http_request seen;
    parley::client client{{.endpoint = "https://shop.example"}, [&seen](parley::http_request const& request) {
                              seen = request;
                              return parley::http_response{200, {}, "{}"};
                          }};
    CHECK(client.template send<buy<Service>>({.item = "pen"}));
    return seen;
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("protocol: a service that names none speaks rest_json") {
    for (auto const& request : {sent<silent_service>(), sent<rest_service>()}) {
        CHECK(request.method == "POST");
        CHECK(request.target == "/orders");
        CHECK(request.fields.find("content-type") == "application/json");
        CHECK(!request.fields.contains("x-amz-target"));
        CHECK(request.body == R"({"item":"pen"})");
    }
}

// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#protocol-behaviors
TEST_CASE("protocol: the AWS JSON protocols post to the root, and name the operation and the version in fields") {
    struct {
        parley::http_request request;
        std::string_view type;
    } const cases[] = {{sent<json_1_0_service>(), "application/x-amz-json-1.0"},
                       {sent<json_1_1_service>(), "application/x-amz-json-1.1"}};
    for (auto const& c : cases) {
        CHECK(c.request.method == "POST");
        CHECK(c.request.target == "/");
        CHECK(c.request.fields.find("content-type") == c.type);
        CHECK(c.request.fields.find("x-amz-target") == "Shop.Buy");
        CHECK(c.request.body == R"({"item":"pen"})");
    }
}

TEST_CASE("protocol: the names are types of their own") {
    CHECK(!std::is_same_v<parley::aws_json_1_0, parley::aws_json_1_1>);
    CHECK(!std::is_same_v<parley::rest_json, parley::json_rpc>);
}

TEST_SUITE_END();
