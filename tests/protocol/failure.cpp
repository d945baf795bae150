// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/failure.hpp>

#include <parley/protocol/rest_json.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

using weather::get_weather;

namespace {

parley::call_error<get_weather> error_of(int status, std::string body) {
    parley::http_response const response{status, {}, std::move(body)};
    auto read = parley::rest_json::decode_response<get_weather>(response);
    REQUIRE(!read);
    return std::move(read.error());
}

} // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("failure: all kinds can be handled as one") {
    CHECK(std::derived_from<parley::invalid_input, parley::failure>);
    CHECK(std::derived_from<parley::transport_failure, parley::failure>);
    CHECK(std::derived_from<parley::undeclared_error, parley::failure>);
    CHECK(std::derived_from<parley::undecodable_response, parley::failure>);
}

TEST_CASE("failure: by default nothing was sent, and nothing is known of the reason") {
    CHECK(parley::failure{}.sent == parley::delivery::not_sent);
    CHECK(parley::transport_failure{}.condition == parley::transport_errc::other);
    CHECK(parley::undeclared_error{}.fault == parley::fault::unspecified);
}

TEST_CASE("failure: an undeclared error has the code, the response and its status, and was answered") {
    auto const error = error_of(500, R"({"code":"on_fire","message":"the server burns"})");
    auto const* const undeclared = error.get_if<parley::undeclared_error>();
    REQUIRE(undeclared);
    CHECK(undeclared->code == "on_fire");
    CHECK(undeclared->message == "the server burns");
    CHECK(undeclared->sent == parley::delivery::answered);
    CHECK(undeclared->response.status == 500);
    CHECK(undeclared->response.body == R"({"code":"on_fire","message":"the server burns"})");
    CHECK(error_of(500, "{}").get_if<parley::undeclared_error>()->code == "Unknown");
}

TEST_CASE("failure: a response that does not fit says where, and is kept") {
    auto const error = error_of(200, R"({"celsius":"warm"})");
    auto const* const undecodable = error.get_if<parley::undecodable_response>();
    REQUIRE(undecodable);
    REQUIRE(undecodable->violations.size() == 1);
    CHECK(undecodable->violations[0].path == "/celsius");
    CHECK(undecodable->sent == parley::delivery::answered);
    CHECK(undecodable->response.body == R"({"celsius":"warm"})");
    CHECK(undecodable->message.find("/celsius") != std::string::npos);
}

TEST_SUITE_END();
