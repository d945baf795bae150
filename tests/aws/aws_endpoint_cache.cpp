// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/aws_endpoint_cache.hpp>

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("aws");

namespace {

constexpr parley::aws_service ruled{.signing_name = "own", .endpoint_rules = R"json({"version":"1.0","parameters":{
    "Region":{"type":"String","builtIn":"AWS::Region"},"Kind":{"type":"String"}},"rules":[
    {"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Kind"}]}],"endpoint":{"url":"https://{Kind}.{Region}.test",
        "properties":{"authSchemes":[{"name":"sigv4a"},{"name":"sigv4","signingName":"other","signingRegion":"us-east-1"}]},
        "headers":{"x-kind":["{Kind}"]}}},
    {"type":"endpoint","conditions":[],"endpoint":{"url":"https://{Region}.test"}}]})json"};
constexpr parley::aws_service plain{.signing_name = "p", .endpoint_prefix = "plain"};
constexpr parley::aws_service broken{.endpoint_rules = "{"};

} // namespace

TEST_CASE("aws_endpoint_cache: each service of a client has its own endpoint, the first time and later") {
    parley::detail::aws_endpoint_cache endpoints;
    for (int i = 0; i < 2; ++i) {
        auto const found = endpoints.find(ruled, {.region = "eu-1"}).value();
        CHECK(found->url.host == "eu-1.test");
        CHECK(found->signing_region == "eu-1");
        CHECK(found->signing_name == "own");
        CHECK(endpoints.find(plain, {.region = "eu-1"}).value()->url.host == "plain.eu-1.amazonaws.com");
        CHECK(!endpoints.find(broken, {.region = "eu-1"}));
    }
}

TEST_CASE("aws_endpoint_cache: parameters of an operation are not kept for the next call") {
    parley::detail::aws_endpoint_cache endpoints;
    for (std::string const kind : {"data", "control"}) {
        auto const found = endpoints.find(ruled, {.region = "eu-1", .others = {{"Kind", kind}}}).value();
        CHECK(found->url.host == kind + ".eu-1.test");
        CHECK(found->fields == parley::headers{{"x-kind", kind}});
        CHECK(found->signing_region == "us-east-1"); // from the rules
        CHECK(found->signing_name == "other");
        CHECK(endpoints.find(ruled, {.region = "eu-1"}).value()->url.host == "eu-1.test");
    }
}

TEST_CASE("aws_endpoint_cache: several threads may use a cache concurrently") {
    parley::detail::aws_endpoint_cache endpoints;
    std::vector<int> good(4);
    {
        std::vector<std::jthread> threads;
        for (auto& count : good) {
            threads.emplace_back([&] {
                for (int i = 0; i < 50; ++i) {
                    count += endpoints.find(ruled, {.region = "eu-1"}).value()->url.host == "eu-1.test";
                    count += endpoints.find(plain, {.region = "eu-1"}).has_value();
                }
            });
        }
    }
    CHECK(good == std::vector{100, 100, 100, 100});
}

TEST_SUITE_END();
