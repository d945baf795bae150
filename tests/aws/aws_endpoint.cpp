// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/aws_endpoint.hpp>

#include <parley/services/medical_imaging.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("aws");

namespace json = boost::json;

namespace {

constexpr parley::aws_service service{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};

std::string host(parley::aws_endpoint_parameters const& parameters) {
    auto const url = parley::resolve_aws_endpoint(service, parameters);
    return url ? url->url.scheme + "://" + url->url.host : "error: " + url.error().message();
}

} // namespace

// Expected values: the endpoint tests of the service's published model.
TEST_CASE("aws_endpoint: a region has an endpoint") {
    CHECK(host({.region = "us-east-1"}) == "https://medical-imaging.us-east-1.amazonaws.com");
    CHECK(host({.region = "us-east-1", .fips = true, .dualstack = true}) == "https://medical-imaging-fips.us-east-1.api.aws");
    CHECK(host({.region = "us-east-1", .fips = true}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
    CHECK(host({.region = "us-east-1", .dualstack = true}) == "https://medical-imaging.us-east-1.api.aws");
    CHECK(host({.region = "cn-north-1"}) == "https://medical-imaging.cn-north-1.amazonaws.com.cn");
    CHECK(host({.region = "cn-north-1", .fips = true, .dualstack = true})
          == "https://medical-imaging-fips.cn-north-1.api.amazonwebservices.com.cn");
    CHECK(host({.region = "us-gov-east-1", .dualstack = true}) == "https://medical-imaging.us-gov-east-1.api.aws");
    CHECK(host({.region = "us-iso-east-1"}) == "https://medical-imaging.us-iso-east-1.c2s.ic.gov");
    CHECK(host({.region = "us-isob-east-1", .fips = true}) == "https://medical-imaging-fips.us-isob-east-1.sc2s.sgov.gov");
}

// Expected values: recordings of the AWS SDK for JavaScript.
TEST_CASE("aws_endpoint: unknown regions and legacy names are resolved") {
    CHECK(host({.region = "mars-1", .fips = true, .dualstack = true}) == "https://medical-imaging-fips.mars-1.api.aws");
    CHECK(host({.region = "aws-global"}) == "https://medical-imaging.aws-global.amazonaws.com");
    CHECK(host({.region = "us-isof-south-1", .dualstack = true}) == "https://medical-imaging.us-isof-south-1.api.aws.hci.ic.gov");
    CHECK(host({.region = "eusc-de-east-1", .dualstack = true})
          == "https://medical-imaging.eusc-de-east-1.api.amazonwebservices.eu");
    CHECK(host({.region = "us-east-1-fips"}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
    CHECK(host({.region = "*"}) == "https://medical-imaging.*.amazonaws.com");
    CHECK(host({.region = "fips-us-east-1"}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
}

TEST_CASE("aws_endpoint: contradicting parameters are reported") {
    CHECK(host({.region = "us-east-1", .endpoint = "https://example.com"}) == "https://example.com");
    CHECK(host({.region = {}}).starts_with("error: the region"));
    CHECK(host({.region = "us east 1"}).starts_with("error: invalid region"));
    CHECK(host({.region = "us-east-1", .fips = true, .endpoint = "https://example.com"}).starts_with("error: FIPS"));
    CHECK(host({.region = "us-east-1", .dualstack = true, .endpoint = "https://example.com"}).starts_with("error: dual-stack"));
}

TEST_CASE("aws_endpoint: the rules of a service determine its endpoint and report contradictions") {
    auto const& aws = medical_imaging::MedicalImaging::aws;
    auto const found = parley::resolve_aws_endpoint(aws, {.region = "eu-west-1"}).value();
    CHECK(found.url.host == "medical-imaging.eu-west-1.amazonaws.com");
    CHECK(found.signing_region == "eu-west-1");
    CHECK(found.signing_name == "medical-imaging");
    CHECK(parley::resolve_aws_endpoint(aws, {}).error().message() == "Invalid Configuration: Missing Region");
    CHECK(parley::resolve_aws_endpoint(aws, {.fips = true, .endpoint = "https://example.com"}).error().message()
          == "Invalid Configuration: FIPS and custom endpoint are not supported");
    CHECK(!parley::resolve_aws_endpoint({.endpoint_rules = "{}"}, {.region = "eu-west-1"}));
}

TEST_CASE("aws_endpoint: the endpoint tests of the published model pass with the description of the service") {
    std::ifstream file("../shared/models/medical-imaging-2023-07-19.json", std::ios::binary);
    if (!file.good()) {
        MESSAGE("skipped: no ../shared/models");
        return;
    }
    // When the model was published, the isolated partitions had no dual-stack names.
    std::vector<parley::aws_partition> partitions(parley::aws_partitions().begin(), parley::aws_partitions().end());
    for (auto& p : partitions) {
        if (p.name.starts_with("aws-iso")) p.supports_dualstack = false;
    }
    auto const model = json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
    auto const& published = model.at("shapes").at("com.amazonaws.medicalimaging#AHIGatewayService");
    int count = 0;
    for (auto const& test : published.at("traits").at("smithy.rules#endpointTests").at("testCases").as_array()) {
        CAPTURE(json::serialize(test));
        parley::aws_endpoint_parameters parameters;
        parameters.partitions = partitions;
        auto const* given = test.as_object().if_contains("params");
        auto const said = given ? given->as_object() : json::object();
        for (auto const& [name, value] : said) {
            if (name == "Region") parameters.region = value.as_string().c_str();
            else if (name == "Endpoint") parameters.endpoint = value.as_string().c_str();
            else if (name == "UseFIPS") parameters.fips = value.as_bool();
            else if (name == "UseDualStack") parameters.dualstack = value.as_bool();
            else FAIL("an unknown parameter");
        }
        auto const found = parley::resolve_aws_endpoint(medical_imaging::MedicalImaging::aws, parameters);
        auto const& expected = test.at("expect").as_object();
        if (auto const* error = expected.if_contains("error")) {
            REQUIRE(!found);
            CHECK(found.error().message() == std::string(error->as_string()));
        } else {
            REQUIRE_MESSAGE(found, found.error().message());
            CHECK(found->url.scheme + "://" + found->url.host + found->url.path
                  == std::string(expected.at("endpoint").at("url").as_string()));
        }
        ++count;
    }
    MESSAGE(count, " endpoint tests");
    CHECK(count > 0);
}

TEST_SUITE_END();
