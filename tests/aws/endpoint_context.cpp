// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/endpoint_context.hpp>

#include <parley/aws.hpp>
#include <parley/transport/loopback.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("aws");

namespace {

struct streams {
    static constexpr parley::aws_service aws{.signing_name = "streams", .endpoint_rules = R"json({"version":"1.0","parameters":{
        "Region":{"type":"String","builtIn":"AWS::Region"},"Kind":{"type":"String"},"Stream":{"type":"String"}},"rules":[
        {"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Stream"}]}],
         "endpoint":{"url":"https://{Stream}.{Kind}.{Region}.test","headers":{"x-stream":["{Stream}"]},
                     "properties":{"authSchemes":[{"name":"sigv4","signingRegion":"elsewhere"}]}}},
        {"type":"endpoint","conditions":[],"endpoint":{"url":"https://{Kind}.{Region}.test"}}]})json"};
};

struct put {
    struct input {
        std::optional<std::string> stream = {};
        std::map<std::string, int> items = {};
        bool fast = false;
    };
    struct output {};
    using service = streams;
    using endpoint =
        parley::endpoint_values<parley::endpoint_value<"Stream", "stream">, parley::endpoint_value<"Kind", "'data'">,
                                parley::endpoint_value<"Items", "keys(items)">, parley::endpoint_value<"Fast", "fast">>;
    static constexpr auto http = parley::http("POST /");
};
BOOST_DESCRIBE_STRUCT(put::input, (), (stream, items, fast))
BOOST_DESCRIBE_STRUCT(put::output, (), ())

} // namespace

TEST_CASE("endpoint_context: the parameters of an operation come from its input or are fixed") {
    using parley::detail::endpoint_parameters_of;
    CHECK(endpoint_parameters_of<put>({})
          == parley::endpoint_parameters{{"Kind", "data"}, {"Items", std::vector<std::string>()}, {"Fast", false}});
    CHECK(endpoint_parameters_of<put>({.stream = "s", .items = {{"a", 1}, {"b", 2}}, .fast = true})
          == parley::endpoint_parameters{
              {"Kind", "data"}, {"Stream", "s"}, {"Items", std::vector<std::string>{"a", "b"}}, {"Fast", true}});
}

TEST_CASE("endpoint_context: a call uses the endpoint, header fields and signing region that the rules give for its input") {
    parley::loopback server{[](parley::http_request const&) { return parley::http_response{200, {}, "{}"}; }};
    std::string signed_for;
    parley::client_config config{.aws = {.region = "eu-1"}};
    config.sign = [&](parley::http_request&, parley::signing_context const& c) {
        signed_for.append(c.region).append("/").append(c.service).append(" ");
    };
    parley::client client{config, std::ref(server)};
    REQUIRE(client.send<put>({.stream = "s"}));
    REQUIRE(client.send<put>({}));
    REQUIRE(server.requests().size() == 2);
    CHECK(server.requests()[0].host == "s.data.eu-1.test");
    CHECK(server.requests()[0].fields.find("x-stream") == "s");
    CHECK(server.requests()[1].host == "data.eu-1.test");
    CHECK(!server.requests()[1].fields.find("x-stream"));
    CHECK(signed_for == "elsewhere/streams eu-1/streams ");
}

TEST_SUITE_END();
