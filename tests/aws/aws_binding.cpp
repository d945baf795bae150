// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/aws_binding.hpp>

#include <parley/aws.hpp>
#include <parley/describe/unit.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <string_view>

using parley::detail::aws_binding;
using parley::detail::aws_request_decorator;
using parley::detail::call_plan;
using parley::detail::client_core;

namespace {

struct shelf {
    static constexpr parley::aws_service aws{.signing_name = "shelf", .endpoint_prefix = "api.shelf"};
};
struct list_books {
    using input = parley::unit;
    using output = parley::unit;
    using service = shelf;
    static constexpr auto http = parley::http("GET /books");
};

struct streams {
    static constexpr parley::aws_service aws{.signing_name = "streams", .endpoint_rules = R"json({"version":"1.0","parameters":{
        "Region":{"type":"String","builtIn":"AWS::Region"},"Stream":{"type":"String"}},"rules":[
        {"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Stream"}]}],
         "endpoint":{"url":"https://{Stream}.{Region}.test","headers":{"x-stream":["{Stream}"]}}},
        {"type":"error","conditions":[],"error":"a stream is needed"}]})json"};
};
struct put_item {
    struct input {
        std::string stream;
    };
    using output = parley::unit;
    using service = streams;
    using endpoint = parley::endpoint_values<parley::endpoint_value<"Stream", "stream">>;
    static constexpr auto http = parley::http("POST /");
};
BOOST_DESCRIBE_STRUCT(put_item::input, (), (stream))
struct list_streams {
    using input = parley::unit;
    using output = parley::unit;
    using service = streams;
    static constexpr auto http = parley::http("GET /");
};

template <class Op>
call_plan plan(client_core const& core, typename Op::input const& input = {}) {
    return parley::detail::plan_for(core, aws_binding<Op>::operation, {}, &input);
}

} // namespace

TEST_SUITE_BEGIN("aws");

TEST_CASE("aws_binding: a call has the user agent and an invocation id, each attempt its number") {
    parley::http_request request;
    aws_request_decorator.decorate_call(request, "me/1", [] { return std::string("id"); });
    CHECK(request.fields.find("x-amz-user-agent") == "me/1");
    CHECK(request.fields.find("amz-sdk-invocation-id") == "id");
    aws_request_decorator.decorate_attempt(request, 1, 3);
    CHECK(request.fields.find("amz-sdk-request") == "attempt=1; max=3");
    aws_request_decorator.decorate_attempt(request, 2, 3);
    CHECK(request.fields.find("amz-sdk-request") == "attempt=2; max=3"); // instead of the first
    aws_request_decorator.decorate_attempt(request, 2147483647, 2147483647);
    CHECK(request.fields.find("amz-sdk-request") == "attempt=2147483647; max=2147483647");
}

TEST_CASE("aws_binding: without a user agent or a source of ids, there are no such fields") {
    parley::http_request request;
    aws_request_decorator.decorate_call(request, "", nullptr);
    CHECK(!request.fields.contains("x-amz-user-agent"));
    CHECK(!request.fields.contains("amz-sdk-invocation-id"));
}

TEST_CASE("aws_binding: the endpoint and the scope of signatures come from the region") {
    client_core const core({.aws = {.region = "eu-west-1"}}, {});
    auto const p = plan<list_books>(core);
    REQUIRE(!p.refusal);
    CHECK(p.terms.endpoint->scheme == "https");
    CHECK(p.terms.endpoint->host == "api.shelf.eu-west-1.amazonaws.com");
    CHECK(p.terms.signing_region == "eu-west-1");
    CHECK(p.terms.signing_name == "shelf");
    CHECK(p.terms.decorator == &aws_request_decorator);
    CHECK(p.owner != nullptr);
}

TEST_CASE("aws_binding: an endpoint of the configuration is used instead") {
    client_core const core({.endpoint = "http://localhost:8000/base", .aws = {.region = "eu-west-1"}}, {});
    auto const p = plan<list_books>(core);
    REQUIRE(!p.refusal);
    CHECK(p.terms.endpoint->host == "localhost");
    CHECK(p.terms.endpoint->port == 8000);
    CHECK(p.terms.endpoint->path == "/base");
    CHECK(p.terms.signing_region == "eu-west-1");
}

TEST_CASE("aws_binding: without a region, or with one that cannot be, a call is refused") {
    for (auto const* region : {"", "eu west 1"}) {
        CAPTURE(region);
        client_core const core({.aws = {.region = region}}, {});
        auto const p = plan<list_books>(core);
        REQUIRE(p.refusal);
        CHECK(p.refusal->sent() == parley::delivery::not_sent);
        CHECK(p.refusal->message().find("region") != std::string::npos);
    }
}

TEST_CASE("aws_binding: the rules of a service see what an operation takes from its input") {
    client_core const core({.aws = {.region = "eu-1"}}, {});
    auto const first = plan<put_item>(core, {.stream = "one"});
    auto const second = plan<put_item>(core, {.stream = "two"});
    REQUIRE(!first.refusal);
    REQUIRE(!second.refusal);
    CHECK(first.terms.endpoint->host == "one.eu-1.test");
    CHECK(second.terms.endpoint->host == "two.eu-1.test");
    REQUIRE(first.terms.fields);
    CHECK(first.terms.fields->find("x-stream") == "one");
    CHECK(!aws_binding<list_streams>::operation.endpoint_values);
    auto const refused = plan<list_streams>(core);
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->message() == "a stream is needed");
}

TEST_SUITE_END();
