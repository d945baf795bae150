// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/aws_json.hpp>

#include <parley/describe/aws_service.hpp>
#include <parley/describe/unit.hpp>

#include <support/weather.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("protocol");

using parley::aws_json_1_0;
using parley::aws_json_1_1;

namespace {

struct table_missing {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(table_missing, (), (message))
constexpr auto parley_traits(table_missing const*) {
    return parley::traits(parley::http_error(400), parley::error_code("TableMissing"));
}

struct tables {
    using protocol = parley::aws_json_1_0;
    using errors = parley::errors<table_missing>;
    static constexpr auto error_scheme = parley::aws_errors();
    static constexpr parley::aws_service aws{.target_prefix = "Tables_2012", .query_compatible = true};
};

struct get_row {
    struct input {
        parley::required<std::string> key;
    };
    struct output {
        std::optional<std::string> row{};
    };
    using service = tables;
    static constexpr std::string_view name = "GetRow";
};
BOOST_DESCRIBE_STRUCT(get_row::input, (), (key))
BOOST_DESCRIBE_STRUCT(get_row::output, (), (row))

struct ping {
    using input = parley::unit;
    using output = parley::unit;
    using service = tables;
    static constexpr auto http = parley::http("POST /\nhost: data.*");
};

parley::http_response answer(int status, std::string body, parley::headers fields = {}) {
    return {status, std::move(fields), std::move(body)};
}

} // namespace

TEST_CASE("aws_json: a request has the operation in a header field and the input in the body") {
    parley::encode_options options;
    options.endpoint = *parley::parse_endpoint("https://tables.example.com/base");
    auto const request = aws_json_1_0::encode_request<get_row>({.key = "k"}, options);
    REQUIRE(request);
    CHECK(request->method == "POST");
    CHECK(request->url() == "https://tables.example.com/base/");
    CHECK(request->fields
          == parley::headers{{"content-type", "application/x-amz-json-1.0"},
                             {"x-amz-target", "Tables_2012.GetRow"},
                             {"x-amzn-query-mode", "true"},
                             {"content-length", "11"}});
    CHECK(request->body == R"({"key":"k"})");
    CHECK(aws_json_1_1::encode_request<get_row>({.key = "k"})->fields.find("content-type") == "application/x-amz-json-1.1");
}

TEST_CASE("aws_json: an operation without input sends an empty object; a host prefix is applied") {
    parley::encode_options options;
    options.endpoint = *parley::parse_endpoint("https://example.com");
    auto const request = aws_json_1_0::encode_request<ping>({}, options);
    REQUIRE(request);
    CHECK(request->body == "{}");
    CHECK(request->url() == "https://data.example.com/");
}

TEST_CASE("aws_json: the body of a response is the output; an empty body is an empty output") {
    CHECK(aws_json_1_0::decode_response<get_row>(answer(200, R"({"row":"r"})"))->row == "r");
    CHECK(!aws_json_1_0::decode_response<get_row>(answer(200, ""))->row);
    CHECK(!aws_json_1_0::decode_response<get_row>(answer(200, "[")));
}

TEST_CASE("aws_json: an error is identified by __type in the body or by a header field") {
    auto const by_body =
        aws_json_1_0::decode_response<get_row>(answer(400, R"({"__type":"com.x#TableMissing","Message":"gone"})"));
    REQUIRE(!by_body);
    REQUIRE(by_body.error().is<table_missing>());
    CHECK(by_body.error().get_if<table_missing>()->message == "gone");
    auto const by_header =
        aws_json_1_0::decode_response<get_row>(answer(400, "{}", {{"X-Amzn-ErrorType", "TableMissing:http://x"}}));
    CHECK(by_header.error().is<table_missing>());
}

TEST_CASE("aws_json: the code of AWS Query is read from a header field") {
    auto const read = aws_json_1_0::decode_response<get_row>(
        answer(400, R"({"__type":"TableMissing"})", {{"x-amzn-query-error", "Tables.Missing;Sender"}}));
    CHECK(read.error().is<table_missing>());
    CHECK(read.error().code() == "Tables.Missing");
}

TEST_CASE("aws_json: each side decodes what the other encodes") {
    auto const request = aws_json_1_0::encode_request<get_row>({.key = "k"}, {*parley::parse_endpoint("http://x")}).value();
    CHECK(aws_json_1_0::matches<get_row>(request));
    CHECK(!aws_json_1_0::matches<ping>(request));
    CHECK(*aws_json_1_0::decode_request<get_row>(request)->key == "k");
    get_row::output output;
    output.row = "r";
    auto const response = aws_json_1_0::encode_response<get_row>(output).value();
    CHECK(response.fields.find("content-type") == "application/x-amz-json-1.0");
    CHECK(aws_json_1_0::decode_response<get_row>(response)->row == "r");
    auto const error = aws_json_1_0::encode_error(table_missing{"gone"}).value();
    CHECK(error.status == 400);
    CHECK(error.body == R"({"__type":"TableMissing","message":"gone"})");
    CHECK(aws_json_1_0::decode_response<get_row>(error).error().is<table_missing>());
}

TEST_SUITE_END();
