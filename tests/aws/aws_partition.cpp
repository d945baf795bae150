// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/aws/aws_partition.hpp>

#include <doctest/doctest.h>

#include <string_view>

TEST_SUITE_BEGIN("aws");

namespace {
std::string_view partition(std::string_view region) { return parley::partition_of(region, parley::aws_partitions()).name; }
} // namespace

TEST_CASE("aws_partition: the name of a region determines its partition") {
    CHECK(partition("us-east-1") == "aws");
    CHECK(partition("cn-north-1") == "aws-cn");
    CHECK(partition("us-gov-west-1") == "aws-us-gov");
    CHECK(partition("us-iso-east-1") == "aws-iso");
    CHECK(partition("us-isob-east-1") == "aws-iso-b");
    CHECK(partition("aws-cn-global") == "aws-cn");
}

TEST_CASE("aws_partition: an unknown region belongs to the last partition") {
    CHECK(partition("mars-1") == "aws");
    CHECK(partition("cn-1") == "aws");
    CHECK(partition("") == "aws");
    parley::aws_partition const own[] = {{.name = "mine", .region_prefix = "m-"}, {.name = "rest"}};
    CHECK(parley::partition_of("m-a-1", own).name == "mine");
    CHECK(parley::partition_of("x", own).name == "rest");
}

TEST_SUITE_END();
