// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/describe/aws_service.hpp>

#include <parley/aws.hpp>
#include <parley/describe/unit.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string_view>
#include <utility>

namespace {

struct shelf {
    static constexpr parley::aws_service aws{.signing_name = "shelf", .endpoint_prefix = "api.shelf"};
};
struct plain {};

template <class Service>
struct list_books {
    using input = parley::unit;
    using output = parley::unit;
    using service = Service;
    static constexpr auto http = parley::http("GET /books");
};

template <class Service>
parley::http_request sent(parley::client_config config) {
    parley::http_request seen;
    config.system_now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1440938160)); };
    parley::client client{std::move(config), [&seen](parley::http_request const& request) {
                              seen = request;
                              return parley::http_response{200, {}, "{}"};
                          }};
    CHECK(client.template send<list_books<Service>>({}));
    return seen;
}

} // namespace

TEST_SUITE_BEGIN("describe");

TEST_CASE("aws_service: all members have defaults") {
    constexpr parley::aws_service nothing{};
    CHECK(nothing.sdk_id.empty());
    CHECK(nothing.signing_name.empty());
    CHECK(nothing.endpoint_prefix.empty());
    CHECK(nothing.version.empty());
    CHECK(nothing.target_prefix.empty());
    CHECK(nothing.shape_namespace.empty());
    CHECK(!nothing.query_compatible);
    CHECK(nothing.endpoint_rules.empty());
}

TEST_CASE("aws_service: the endpoint is the prefix in the region, and requests have the fields of AWS clients") {
    auto const request = sent<shelf>({.aws = {.region = "eu-west-1"}});
    CHECK(request.url() == "https://api.shelf.eu-west-1.amazonaws.com/books");
    CHECK(request.fields.contains("amz-sdk-invocation-id"));
    CHECK(request.fields.find("amz-sdk-request") == "attempt=1; max=3");
    CHECK(request.fields.contains("x-amz-user-agent"));
}

TEST_CASE("aws_service: another service has neither") {
    auto const request = sent<plain>({.endpoint = "https://books.example", .aws = {.region = "eu-west-1"}});
    CHECK(request.url() == "https://books.example/books");
    CHECK(!request.fields.contains("amz-sdk-invocation-id"));
    CHECK(!request.fields.contains("amz-sdk-request"));
    CHECK(!request.fields.contains("x-amz-user-agent"));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html: Credential is the access key,
// date, region, service and "aws4_request". 1440938160 is 2015-08-30T12:36:00Z.
TEST_CASE("aws_service: the signing name is the service of a signature's scope") {
    parley::client_config config{.aws = {.region = "eu-west-1"}};
    config.sign =
        parley::sigv4_signer(parley::static_credentials{{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"}});
    auto const request = sent<shelf>(std::move(config));
    auto const authorization = request.fields.find("authorization");
    REQUIRE(authorization);
    CHECK(authorization->find("Credential=AKIDEXAMPLE/20150830/eu-west-1/shelf/aws4_request,") != std::string_view::npos);
}

TEST_SUITE_END();
