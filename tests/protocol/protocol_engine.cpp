// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/protocol/protocol_engine.hpp>

#include <parley/protocol/rest_json.hpp>

#include <support/garden.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using parley::detail::response_report;
using parley::detail::table_of;
using weather::get_weather;
using error = parley::call_error<get_weather>;

namespace {

auto const& client = parley::rest_json::client_side;
auto const& server = parley::rest_json::server_side;

parley::http_response response(int status, std::string body) {
    parley::http_response r{status, {}, std::move(body)};
    r.fields.set("x-id", "7");
    return r;
}

} // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("protocol_engine: a request goes to the endpoint that is given, its path before that of the operation") {
    auto const endpoint = *parley::parse_endpoint("https://example.com:8443/base");
    parley::encode_options options;
    options.endpoint = *parley::parse_endpoint("http://other.example");
    get_weather::input const input{.city = "Ghent", .days = 3};
    parley::http_request request;
    std::vector<parley::violation> errors;
    CHECK(client.encode_request(table_of<get_weather>::value, {&input}, endpoint, options, request, errors));
    CHECK(errors.empty());
    CHECK(request.method == "GET");
    CHECK(request.url() == "https://example.com:8443/base/weather/Ghent?days=3");
}

TEST_CASE("protocol_engine: all that is wrong with an input is reported, after what was there") {
    get_weather::input const input{.city = "", .days = 99};
    parley::http_request request;
    std::vector<parley::violation> errors(1);
    errors[0].path = "/before";
    CHECK(!client.encode_request(table_of<get_weather>::value, {&input}, {}, {}, request, errors));
    REQUIRE(errors.size() >= 3);
    CHECK(errors[0].path == "/before");
    bool city = false, days = false;
    for (auto const& e : errors) {
        city |= e.path == "/city";
        days |= e.path == "/days";
    }
    CHECK(city);
    CHECK(days);
}

TEST_CASE("protocol_engine: a response is an output, a declared error, another error, or cannot be decoded") {
    auto const read = [](int status, std::string body, weather::report& output, parley::detail::declared_error& declared) {
        auto const r = response(status, std::move(body));
        return client.decode_response(table_of<get_weather>::value, parley::view_of(r), {}, &output, declared);
    };
    weather::report output;
    parley::detail::declared_error declared;
    CHECK(read(200, R"({"celsius":3})", output, declared).what == response_report::kind::output);
    CHECK(output.celsius == 3);
    CHECK(!declared.value);

    auto const unknown = read(404, R"({"message":"sunk"})", output, declared);
    CHECK(unknown.what == response_report::kind::declared);
    CHECK(unknown.status == 404);
    CHECK(unknown.message == "sunk");
    REQUIRE(declared.value);
    CHECK(declared.position == 0);
    CHECK(static_cast<weather::city_unknown const*>(declared.value.get())->message == "sunk");

    auto const other = read(500, R"({"code":"on_fire"})", output, declared);
    CHECK(other.what == response_report::kind::undeclared);
    CHECK(other.code == "on_fire");

    auto const bad = read(200, "<html>", output, declared);
    CHECK(bad.what == response_report::kind::undecodable);
    CHECK(!bad.violations.empty());
}

TEST_CASE("protocol_engine: make_call_error keeps what the peer sent, of each kind") {
    auto const r = response(409, "the body");
    auto const error_of = [&r](response_report report, parley::detail::declared_error declared = {}) {
        return error(parley::detail::make_call_error(std::move(report), std::move(declared), parley::view_of(r)));
    };
    response_report report;
    report.status = 409;
    report.code = "code";
    report.message = "what happened";
    report.fault = parley::fault::client;

    report.what = response_report::kind::declared;
    auto const declared = error_of(report, {0, std::make_shared<weather::city_unknown>(weather::city_unknown{"sunk"})});
    REQUIRE(declared.is<weather::city_unknown>());
    CHECK(declared.get_if<weather::city_unknown>()->message == "sunk");
    CHECK(declared.fault() == parley::fault::client);

    report.what = response_report::kind::undeclared;
    auto const undeclared = error_of(report);
    CHECK(undeclared.is<parley::undeclared_error>());

    report.what = response_report::kind::undecodable;
    report.violations.push_back({parley::errc::invalid_value, "/celsius", "expected a number, found a string"});
    auto const undecodable = error_of(report);
    REQUIRE(undecodable.is<parley::undecodable_response>());
    CHECK(undecodable.get_if<parley::undecodable_response>()->violations.size() == 1);

    for (auto const* e : {&declared, &undeclared, &undecodable}) {
        CHECK(e->code() == "code");
        CHECK(e->sent() == parley::delivery::answered);
        REQUIRE(e->response());
        CHECK(e->response()->status == 409);
        CHECK(e->response()->body == "the body");
        CHECK(e->response()->fields.find("x-id") == "7");
    }
    CHECK(declared.message() == "what happened");
    CHECK(undeclared.message() == "what happened");
}

TEST_CASE("protocol_engine: keep copies a response, or takes its body where it may") {
    auto r = response(200, std::string(100, 'x'));
    auto const copied = parley::detail::keep(parley::view_of(r));
    CHECK(copied.status == 200);
    CHECK(copied.fields.find("x-id") == "7");
    CHECK(copied.body == r.body);
    auto view = parley::view_of(r);
    view.owned = &r.body;
    auto const* const bytes = r.body.data();
    CHECK(parley::detail::keep(view).body.data() == bytes);
}

TEST_CASE("protocol_engine: a request is routed to one of several operations, or says which methods there are") {
    std::array const all{&table_of<garden::count_plants>::value, &table_of<garden::get_plant>::value,
                         &table_of<garden::set_plants>::value};
    auto const route = [&all](std::string method, std::string target) {
        parley::http_request request;
        request.method = std::move(method);
        request.target = std::move(target);
        return server.route(all, parley::view_of(request), false);
    };
    CHECK(route("GET", "/beds/north/count").position == 0);
    CHECK(route("GET", "/beds/north/rose").position == 1);
    CHECK(route("PUT", "/beds/north").position == 2);
    auto const wrong_method = route("DELETE", "/beds/north");
    CHECK(!wrong_method.position);
    CHECK(wrong_method.allow == "PUT");
    auto const nothing = route("GET", "/trees");
    CHECK(!nothing.position);
    CHECK(nothing.allow.empty());
}

TEST_SUITE_END();
