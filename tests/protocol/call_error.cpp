// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/call_error.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("protocol");

using error = parley::call_error<weather::get_weather>;

namespace {

parley::invalid_input invalid() {
    parley::invalid_input e;
    e.message = "/city: missing";
    return e;
}

error unknown_city() {
    return {weather::city_unknown{"sunk"}, {"city_unknown", "sunk", parley::fault::client, {404, {}, "body"}}};
}

} // namespace

TEST_CASE("call_error: an error has exactly one type") {
    error const a = invalid(), b = unknown_city();
    CHECK(a.is<parley::invalid_input>());
    CHECK(a.is<parley::failure>());
    CHECK(!a.declared());
    CHECK(!a.response());
    CHECK(a.sent() == parley::delivery::not_sent);
    CHECK(b.is<weather::city_unknown>());
    CHECK(!b.is<parley::failure>());
    CHECK(b.declared());
    CHECK(b.response()->status == 404);
    CHECK(b.sent() == parley::delivery::answered);
    CHECK(b.code() == "city_unknown");
    CHECK(b.text() == "city_unknown: sunk");
}

TEST_CASE("call_error: a copy has the same error") {
    error const a = unknown_city();
    error b = a;
    error const c = std::move(b);
    b = a;
    REQUIRE(c.get_if<weather::city_unknown>());
    CHECK(c.get_if<weather::city_unknown>()->message == "sunk");
    CHECK(b.text() == "city_unknown: sunk");
    CHECK(c.response()->body == "body");
}

TEST_CASE("call_error: match prefers the handler of the exact type to that of the base class") {
    auto const which = [](error const& e) {
        return e.match([](weather::city_unknown const&) { return 1; }, [](parley::invalid_input const&) { return 2; },
                       [](parley::failure const&) { return 3; });
    };
    CHECK(which(unknown_city()) == 1);
    CHECK(which(invalid()) == 2);
    CHECK(which(parley::transport_failure{}) == 3);
    CHECK(which(parley::undeclared_error{}) == 3);
    CHECK(which(parley::undecodable_response{}) == 3);
}

TEST_CASE("call_error: raise throws the error with its type") {
    CHECK_THROWS_AS(error(invalid()).raise(), parley::call_exception<parley::invalid_input>);
    CHECK_THROWS_AS(unknown_city().raise(), parley::call_exception<weather::city_unknown>);
    CHECK_THROWS_WITH(unknown_city().raise(), "city_unknown: sunk");
}

TEST_SUITE_END();
