// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/endpoint/aws_endpoint.hpp>

#include <doctest/doctest.h>

namespace {

constexpr parley::aws_service service{.signing_name = "medical-imaging", .endpoint_prefix = "medical-imaging"};

std::string host(parley::aws_endpoint_parameters const& parameters) {
    auto const url = parley::resolve_aws_endpoint(service, parameters);
    return url ? url->url.scheme + "://" + url->url.host : "error: " + url.error().message();
}

} // namespace

// Expected values: the endpoint tests of the service's published model.
TEST_CASE("a region has an endpoint") {
    CHECK(host({.region = "us-east-1"}) == "https://medical-imaging.us-east-1.amazonaws.com");
    CHECK(host({.region = "us-east-1", .fips = true, .dualstack = true}) == "https://medical-imaging-fips.us-east-1.api.aws");
    CHECK(host({.region = "us-east-1", .fips = true}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
    CHECK(host({.region = "us-east-1", .dualstack = true}) == "https://medical-imaging.us-east-1.api.aws");
    CHECK(host({.region = "cn-north-1"}) == "https://medical-imaging.cn-north-1.amazonaws.com.cn");
    CHECK(host({.region = "cn-north-1", .fips = true, .dualstack = true}) == "https://medical-imaging-fips.cn-north-1.api.amazonwebservices.com.cn");
    CHECK(host({.region = "us-gov-east-1", .dualstack = true}) == "https://medical-imaging.us-gov-east-1.api.aws");
    CHECK(host({.region = "us-iso-east-1"}) == "https://medical-imaging.us-iso-east-1.c2s.ic.gov");
    CHECK(host({.region = "us-isob-east-1", .fips = true}) == "https://medical-imaging-fips.us-isob-east-1.sc2s.sgov.gov");
}

// Expected values: recordings of the AWS SDK for JavaScript.
TEST_CASE("regions that nobody knows, and names of old") {
    CHECK(host({.region = "mars-1", .fips = true, .dualstack = true}) == "https://medical-imaging-fips.mars-1.api.aws");
    CHECK(host({.region = "aws-global"}) == "https://medical-imaging.aws-global.amazonaws.com");
    CHECK(host({.region = "us-isof-south-1", .dualstack = true}) == "https://medical-imaging.us-isof-south-1.api.aws.hci.ic.gov");
    CHECK(host({.region = "eusc-de-east-1", .dualstack = true}) == "https://medical-imaging.eusc-de-east-1.api.amazonwebservices.eu");
    CHECK(host({.region = "us-east-1-fips"}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
    CHECK(host({.region = "*"}) == "https://medical-imaging.*.amazonaws.com");
    CHECK(host({.region = "fips-us-east-1"}) == "https://medical-imaging-fips.us-east-1.amazonaws.com");
}

TEST_CASE("what goes not together is told") {
    CHECK(host({.region = "us-east-1", .endpoint = "https://example.com"}) == "https://example.com");
    CHECK(host({.region = {}}).starts_with("error: the region"));
    CHECK(host({.region = "us east 1"}).starts_with("error: the region"));
    CHECK(host({.region = "us-east-1", .fips = true, .endpoint = "https://example.com"}).starts_with("error: FIPS"));
    CHECK(host({.region = "us-east-1", .dualstack = true, .endpoint = "https://example.com"}).starts_with("error: dual-stack"));
}
