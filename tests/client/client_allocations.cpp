// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The allocations of a call.
#include <parley/aws.hpp>

#include <parley/services/medical_imaging.hpp>

#include <support/allocations.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>

TEST_SUITE_BEGIN("client");

using medical_imaging::GetDICOMImportJob;

namespace {

struct get_file {
    struct input {};
    struct output {
        parley::blob content;
    };
    static constexpr auto http = parley::http("GET /file", "200\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(get_file::input, (), ())
BOOST_DESCRIBE_STRUCT(get_file::output, (), (content))

} // namespace

TEST_CASE("client allocations: a call allocates as often as its output, and five times more") {
    std::string const id(32, '1'), long_text(40, 'x');
    parley::http_response const response{
        200,
        {{"x-amzn-requestid", "0a1b2c3d-0000-4000-8000-000000000000"}},
        R"({"jobProperties":{"jobId":")" + id + R"(","jobName":")" + long_text + R"(","jobStatus":"COMPLETED","datastoreId":")"
            + id + R"(","dataAccessRoleArn":"arn:aws:iam::123456789012:role/import","inputS3Uri":"s3://input/)" + long_text
            + R"(/","outputS3Uri":"s3://output/)" + long_text + R"(/"}})"};
    parley::client client{{.aws = {.region = "us-east-1"}},
                          [&](parley::http_request const&) { return parley::view_of(response); }};
    GetDICOMImportJob::input const input{.datastoreId = id, .jobId = id};
    REQUIRE(client.send<GetDICOMImportJob>(input)); // the endpoint is resolved once for a client
    auto const before = allocations::count;
    auto const job = client.send<GetDICOMImportJob>(input);
    auto const of_call = allocations::count - before;
    REQUIRE(job);
    auto const copy = *job;
    auto const of_output = allocations::count - before - of_call;
    CHECK(of_output == 6);
    // The host, the target, the header fields and the invocation id of the request, and the request id of the service.
    CHECK(of_call == of_output + 5);
    CHECK(copy.jobProperties.jobId == job->jobProperties.jobId);
}

TEST_CASE("client allocations: a body of many megabytes is never held twice") {
    constexpr std::ptrdiff_t size = 20'000'000;
    parley::client client{{.endpoint = "https://api.example.com"}, [](parley::http_request const&) {
                              return parley::http_response{200, {}, std::string(size, 'x')};
                          }};
    auto const before = allocations::live;
    allocations::peak = before;
    auto const got = client.send<get_file>({});
    REQUIRE(got);
    CHECK(got->content.bytes.size() == size);
    CHECK(allocations::live - before >= size);
    CHECK(allocations::peak - before < size + size / 10);
}

TEST_SUITE_END();
