// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/protocol_functions.hpp>

#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/rest_json.hpp>

#include <support/garden.hpp>
#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using parley::rest_json;
using weather::get_weather;

namespace {

struct put_text {
    struct input {
        parley::required<std::string> content;
    };
    struct output {
        std::string content;
    };
    static constexpr auto http = parley::http("PUT /text\n\n{content}", "200\n\n{content}");
};
BOOST_DESCRIBE_STRUCT(put_text::input, (), (content))
BOOST_DESCRIBE_STRUCT(put_text::output, (), (content))

struct find_note {
    struct input {};
    struct output {
        std::string_view text;
    };
    static constexpr auto http = parley::http("GET /note");
};
BOOST_DESCRIBE_STRUCT(find_note::input, (), ())
BOOST_DESCRIBE_STRUCT(find_note::output, (), (text))

std::vector<std::string> paths(parley::data_error const& error) {
    std::vector<std::string> all;
    for (auto const& v : error.violations) all.push_back(v.path);
    return all;
}

} // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("protocol_functions: what a client encodes, a server decodes, and the other way round") {
    auto const request = rest_json::encode_request<get_weather>({.city = "Sint-Niklaas/W\xc3\xa9st", .days = 3});
    REQUIRE(request);
    CHECK(request->target == "/weather/Sint-Niklaas%2FW%C3%A9st?days=3");
    CHECK(rest_json::matches<get_weather>(*request));
    CHECK(!rest_json::matches<garden::water>(*request));
    auto const input = rest_json::decode_request<get_weather>(*request);
    REQUIRE(input);
    CHECK(*input->city == "Sint-Niklaas/W\xc3\xa9st");
    CHECK(input->days == 3);

    auto const response = rest_json::encode_response<get_weather>({.celsius = 3.5, .summary = "fog"});
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->body == R"({"celsius":3.5,"summary":"fog"})");
    auto const output = rest_json::decode_response<get_weather>(*response);
    REQUIRE(output);
    CHECK(output->celsius == 3.5);
    CHECK(output->summary == "fog");
}

TEST_CASE("protocol_functions: an error that a server encodes is the same for the client") {
    auto const response = rest_json::encode_error<get_weather>(weather::city_unknown{"sunk"});
    REQUIRE(response);
    CHECK(response->status == 404);
    auto const read = rest_json::decode_response<get_weather>(*response);
    REQUIRE(!read);
    auto const* const error = read.error().get_if<weather::city_unknown>();
    REQUIRE(error);
    CHECK(error->message == "sunk");
    // An error of the service, with a member in a field.
    auto const closed = rest_json::encode_error(garden::closed_today{"maintenance", "120"});
    REQUIRE(closed);
    CHECK(closed->status == 503);
    CHECK(closed->fields.find("retry-after") == "120");
    auto const ended = rest_json::decode_response<garden::water>(*closed);
    REQUIRE(!ended);
    REQUIRE(ended.error().is<garden::closed_today>());
    CHECK(ended.error().get_if<garden::closed_today>()->until == "120");
}

TEST_CASE("protocol_functions: encoding fails with all that is wrong") {
    auto const request = rest_json::encode_request<get_weather>({.city = std::string(81, 'x'), .days = 15});
    REQUIRE(!request);
    CHECK(paths(request.error()) == std::vector<std::string>{"/city", "/days"});
    // Smithy: a label must not be empty. RFC 3986, section 6.2.2.3: segments "." and ".." are removed.
    for (auto const* bed : {"", ".", ".."}) {
        CAPTURE(bed);
        CHECK(!rest_json::encode_request<garden::count_plants>({.bed = bed}));
    }
    CHECK(rest_json::encode_request<garden::count_plants>({.bed = "..."}));
    CHECK(!rest_json::encode_response<get_weather>({.celsius = 1, .summary = "\xff"})); // not UTF-8
}

TEST_CASE("protocol_functions: decoding a request fails with all that is wrong, and refuses what no client can know") {
    parley::http_request request;
    request.method = "GET";
    request.target = "/weather/Ghent?days=x";
    auto const bad = rest_json::decode_request<get_weather>(request);
    REQUIRE(!bad);
    CHECK(paths(bad.error()).front() == "/days");
    CHECK(bad.error().violations.front().code == parley::errc::invalid_value);
    request.target = "/weather/Ghent?days=15";
    CHECK(!rest_json::decode_request<get_weather>(request));
    request.target = "/weather/Ghent?days=14";
    CHECK(rest_json::decode_request<get_weather>(request));
}

TEST_CASE("protocol_functions: a text that is the whole body is moved where it is given away") {
    std::string text(1000, 'x');
    auto const* const bytes = text.data();
    auto request = rest_json::encode_request<put_text>({.content = std::move(text)});
    REQUIRE(request);
    CHECK(request->body.data() == bytes);

    put_text::output const kept{std::string(1000, 'y')};
    auto response = rest_json::encode_response<put_text>(kept);
    REQUIRE(response);
    CHECK(response->body == kept.content);
    CHECK(response->body.data() != kept.content.data());
    auto const* const body = response->body.data();
    auto const output = rest_json::decode_response<put_text>(std::move(*response));
    REQUIRE(output);
    CHECK(output->content.data() == body);
}

TEST_CASE("protocol_functions: views of an output are of the response, which stays") {
    parley::http_response const response{200, {}, R"({"text":"a note"})"};
    auto const output = rest_json::decode_response<find_note>(response);
    REQUIRE(output);
    CHECK(output->text == "a note");
    CHECK(output->text.data() == response.body.data() + 9);
    using parley::detail::lives_on;
    CHECK(lives_on<find_note::output, parley::http_response const&>);
    CHECK(lives_on<find_note::output, parley::response_view>);
    CHECK(!lives_on<find_note::output, parley::http_response>);
    CHECK(lives_on<put_text::output, parley::http_response>);
}

TEST_CASE("protocol_functions: each protocol has them") {
    auto const request = parley::aws_json_1_0::encode_request<put_text>({.content = "x"});
    REQUIRE(request);
    CHECK(request->body == R"({"content":"x"})");
    CHECK(parley::aws_json_1_0::decode_response<put_text>(parley::http_response{200, {}, R"({"content":"y"})"})->content == "y");
}

TEST_SUITE_END();
