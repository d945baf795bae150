// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/request_decorator.hpp>

#include <parley/aws.hpp>
#include <parley/describe/unit.hpp>
#include <parley/exchange/exchange.hpp>

#include <support/polling.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

using parley::call_step;
using weather::get_weather;

namespace {

struct aws_operation {
    struct shelf {
        static constexpr parley::aws_service aws{.signing_name = "shelf", .endpoint_prefix = "shelf"};
    };
    using input = parley::unit;
    using output = parley::unit;
    using service = shelf;
    static constexpr auto http = parley::http("GET /books");
};

constexpr parley::detail::request_decorator decorator{
    [](parley::http_request& request, std::string_view user_agent, std::function<std::string()> const& uuid) {
        request.fields.add("x-call", std::string(user_agent) + ' ' + uuid());
    },
    [](parley::http_request& request, int attempt, int max_attempts) {
        request.fields.set("x-attempt", std::to_string(attempt) + '/' + std::to_string(max_attempts));
    }};

} // namespace

TEST_SUITE_BEGIN("exchange");

TEST_CASE("request_decorator: only operations of AWS services have one") {
    CHECK(parley::detail::decorator_of<get_weather>() == nullptr);
    CHECK(parley::detail::decorator_of<aws_operation>() == &parley::detail::aws_request_decorator);
    CHECK(parley::detail::has_aws_binding<aws_operation>);
    CHECK(parley::detail::table_of<aws_operation>::value.aws == &aws_operation::shelf::aws);
}

TEST_CASE("request_decorator: decorates a call once, and each attempt before it is signed") {
    int uuids = 0;
    parley::call_settings s;
    s.random = [] { return 0.5; };
    s.uuid = [&uuids] { return "id" + std::to_string(++uuids); };
    s.user_agent = "agent";
    s.retry.max_attempts = 3;
    std::string signed_attempts;
    s.sign = [&signed_attempts](parley::http_request& r) {
        signed_attempts += std::string(r.fields.find("x-attempt").value_or("none")) + ' ';
    };
    auto const endpoint = *parley::parse_endpoint("https://api.example.com");
    parley::detail::call_overrides terms(s, &decorator);
    terms.endpoint = &endpoint;
    get_weather::input const input{.city = "Ghent"};
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<get_weather> call(s, terms, {&input}, now);
    for (auto const* attempt : {"1/3", "2/3", "3/3"}) {
        REQUIRE(support::step_of(call, now) == call_step::send);
        CHECK(call.request().fields.find("x-attempt") == attempt);
        CHECK(call.request().fields.find("x-call") == "agent id1");
        call.handle_response(parley::http_response{503, {}, "{}"}, now);
        call.handle_wake();
    }
    CHECK(support::step_of(call, now) == call_step::done);
    CHECK(signed_attempts == "1/3 2/3 3/3 ");
    CHECK(uuids == 1);
}

TEST_SUITE_END();
