// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/exchange.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::call_step;
using weather::get_weather;

namespace {

using time_point = std::chrono::steady_clock::time_point;

parley::call_settings settings() {
    parley::call_settings s;
    s.endpoint = *parley::parse_endpoint("https://api.example.com");
    s.random = [] { return 0.5; };
    s.uuid = [] { return "id"; };
    return s;
}

struct order {
    struct input {
        std::string what;
        std::optional<std::string> token{};
    };
    struct output {};
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what, token))
BOOST_DESCRIBE_STRUCT(order::output, (), ())
constexpr auto parley_traits(order::input const*) { return parley::traits(parley::on("token", parley::idempotency_token())); }

} // namespace

TEST_CASE("exchange: a call can be driven by hand: send, wait, send, done") {
    auto const s = settings();
    time_point now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    REQUIRE(call.poll(now) == call_step::send);
    CHECK(call.request().target == "/weather/Ghent");
    CHECK(call.poll(now) == call_step::receive); // no event was reported yet
    CHECK(call.wake_at() == time_point::max());
    call.handle_transport_error({parley::transport_errc::reset, true, "lost"}, now);
    REQUIRE(call.poll(now) == call_step::wait);
    CHECK(call.wake_at() == now + 25ms);
    CHECK(call.poll(now + 24ms) == call_step::wait);
    now += 25ms;
    REQUIRE(call.poll(now) == call_step::send);
    call.handle_response(parley::http_response{200, {}, R"({"celsius":3})"}, now);
    REQUIRE(call.poll(now) == call_step::done);
    auto const today = call.take();
    REQUIRE(today);
    CHECK(today->celsius == 3);
    CHECK(today.metadata().attempts == 2);
}

TEST_CASE("exchange: unexpected events are ignored") {
    auto const s = settings();
    time_point const now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    call.handle_response(parley::http_response{200, {}, "{}"}, now); // nothing was sent yet
    REQUIRE(call.poll(now) == call_step::send);
    call.handle_response(parley::http_response{200, {}, R"({"celsius":3})"}, now);
    call.handle_transport_error({}, now);
    call.handle_response(parley::http_response{500, {}, ""}, now);
    CHECK(call.poll(now) == call_step::done);
    CHECK(call.take());
}

TEST_CASE("exchange: each status from 100 to 599 has an outcome") {
    for (int status = 100; status < 600; ++status) {
        auto s = settings();
        s.retry = parley::retry_policy::never();
        time_point const now{};
        for (std::string const body : {"", "{\"celsius\":1}", "<html>", "{\"message\":\"m\"}"}) {
            parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
            REQUIRE(call.poll(now) == call_step::send);
            call.handle_response(parley::http_response{status, {}, body}, now);
            REQUIRE(call.poll(now) == call_step::done);
            auto const today = call.take();
            CAPTURE(status);
            CAPTURE(body);
            bool const success = status >= 200 && status < 300;
            CHECK(bool(today) == (success && body == "{\"celsius\":1}"));
            CHECK(today.metadata().status == status);
            if (today) continue;
            CHECK(today.error().is<parley::undecodable_response>() == (success || body == "<html>"));
            CHECK(today.error().is<weather::city_unknown>() == (status == 404 && body != "<html>"));
            CHECK(today.error().response()->body == body);
        }
    }
}

TEST_CASE("exchange: the deadline of the call limits attempts and waits") {
    auto s = settings();
    s.call_timeout = 100ms;
    s.attempt_timeout = 80ms;
    time_point now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    REQUIRE(call.poll(now) == call_step::send);
    CHECK(call.request().deadline == now + 80ms);
    now += 60ms;
    call.handle_transport_error({parley::transport_errc::timed_out, true, {}}, now);
    REQUIRE(call.poll(now) == call_step::wait);
    now += 30ms;
    REQUIRE(call.poll(now) == call_step::send);
    CHECK(call.request().deadline == time_point{} + 100ms);
    now += 20ms;
    call.handle_transport_error({parley::transport_errc::timed_out, true, {}}, now);
    REQUIRE(call.poll(now) == call_step::done);
    auto const today = call.take();
    CHECK(today.error().get_if<parley::transport_failure>()->condition == parley::transport_errc::timed_out);
    CHECK(today.metadata().attempts == 2);
}

TEST_CASE("exchange: an absent idempotency token is set, to the same value for each attempt") {
    auto s = settings();
    int made = 0;
    s.uuid = [&made] { return "token-" + std::to_string(++made); };
    time_point const now{};
    parley::exchange<order> call(s, {.what = "tea"}, now);
    REQUIRE(call.poll(now) == call_step::send);
    CHECK(call.request().body == R"({"what":"tea","token":"token-1"})");
    call.handle_transport_error({parley::transport_errc::reset, true, {}}, now);
    call.handle_wake();
    REQUIRE(call.poll(now) == call_step::send);
    CHECK(call.request().body == R"({"what":"tea","token":"token-1"})");
    parley::exchange<order> given(s, {.what = "tea", .token = ""}, now);
    REQUIRE(given.poll(now) == call_step::send);
    CHECK(given.request().body == R"({"what":"tea","token":""})");
}

TEST_SUITE_END();
