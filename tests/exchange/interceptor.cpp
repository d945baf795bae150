// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/interceptor.hpp>

#include <parley/exchange/exchange.hpp>

#include <support/polling.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::attempt_context;
using parley::call_step;
using weather::get_weather;

namespace {

parley::call_settings settings_with(std::span<parley::interceptor const> interceptors) {
    parley::call_settings s;
    s.endpoint = *parley::parse_endpoint("https://api.example.com");
    s.random = [] { return 0.5; };
    s.interceptors = interceptors;
    return s;
}

} // namespace

TEST_CASE("interceptor: each step of a call is seen in order") {
    std::vector<std::string> seen;
    auto const note = [&seen](std::string what, attempt_context const& at) {
        CHECK(at.operation() == "get_weather");
        seen.push_back(std::move(what) + ' ' + std::to_string(at.attempt()));
    };
    parley::interceptor const all[] = {{
        .before_signing =
            [&](parley::http_request& r, attempt_context const& at) {
                CHECK(r.fields.contains("signature") == (at.attempt() > 1));
                note("sign", at);
            },
        .before_sending =
            [&](parley::http_request& r, attempt_context const& at) {
                CHECK(r.fields.contains("signature"));
                note("send", at);
            },
        .before_decoding = [&](parley::http_response& r, attempt_context const& at) { note(std::to_string(r.status), at); },
        .after_failure = [&](parley::failed_attempt const& f,
                             attempt_context const& at) { note(std::string(to_string(f.verdict)), at); },
        .before_wait =
            [&](std::chrono::steady_clock::duration d, parley::wait_reason why, attempt_context const& at) {
                CHECK(d == 25ms);
                CHECK(why == parley::wait_reason::retry);
                note("wait", at);
            },
        .at_end =
            [&](parley::call_end const& e, attempt_context const& at) {
                CHECK(e.result == parley::call_result::output);
                CHECK(e.metadata.attempts == 2);
                note("end", at);
            },
    }};
    auto s = settings_with(all);
    s.sign = [](parley::http_request& r) { r.fields.set("signature", "x"); };
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    REQUIRE(support::step_of(call, now) == call_step::send);
    call.handle_response(parley::http_response{503, {}, "{}"}, now);
    call.handle_wake();
    REQUIRE(support::step_of(call, now) == call_step::send);
    call.handle_response(parley::http_response{200, {}, R"({"celsius":1})"}, now);
    REQUIRE(call.poll(now) == call_step::done);
    CHECK(call.take());
    CHECK(seen
          == std::vector<std::string>{"sign 1", "send 1", "503 1", "retried 1", "wait 1", "sign 2", "send 2", "200 2", "end 2"});
}

TEST_CASE("interceptor: changes are sent and decoded, and several interceptors are called in order") {
    parley::interceptor const both[] = {
        {.before_signing = [](parley::http_request& r, attempt_context const&) { r.fields.set("x-trace", "1"); },
         .before_decoding = [](parley::http_response& r, attempt_context const&) { r.body = R"({"celsius":2})"; }},
        {.before_signing =
             [](parley::http_request& r, attempt_context const&) {
                 r.fields.set("x-trace", std::string(r.fields.find("x-trace").value()) + ",2");
             },
         .before_decoding = [](parley::http_response& r, attempt_context const&) { r.body.insert(r.body.size() - 1, "5"); }}};
    auto s = settings_with(both);
    s.sign = [](parley::http_request& r) { CHECK(r.fields.find("x-trace") == "1,2"); };
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    REQUIRE(support::step_of(call, now) == call_step::send);
    CHECK(call.request().fields.find("x-trace") == "1,2");
    call.handle_response(parley::http_response{200, {}, "<html>"}, now);
    REQUIRE(call.poll(now) == call_step::done);
    auto const today = call.take();
    REQUIRE(today);
    CHECK(today->celsius == 25);
}

TEST_CASE("interceptor: an error is reported with its code, and kept as it was changed") {
    std::vector<std::string> ends;
    parley::interceptor const one[] = {
        {.before_decoding = [](parley::http_response& r, attempt_context const&) { r.fields.add("x-amzn-errortype", "Renamed"); },
         .at_end =
             [&ends](parley::call_end const& e, attempt_context const&) {
                 CHECK(e.result == parley::call_result::error);
                 ends.emplace_back(e.code);
             }}};
    auto const s = settings_with(one);
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<get_weather> call(s, {.city = "Ghent"}, now);
    REQUIRE(support::step_of(call, now) == call_step::send);
    call.handle_response(parley::http_response{418, {}, R"({"message":"short"})"}, now);
    REQUIRE(call.poll(now) == call_step::done);
    auto const today = call.take();
    CHECK(today.error().code() == "Renamed");
    CHECK(today.error().response()->body == R"({"message":"short"})");
    CHECK(ends == std::vector<std::string>{"Renamed"});
}

TEST_CASE("interceptor: ends without an attempt are reported, too") {
    std::vector<parley::call_result> ends;
    parley::interceptor const one[] = {{.at_end = [&ends](parley::call_end const& e, attempt_context const& at) {
        CHECK(at.attempt() == 0);
        CHECK(e.sent == parley::delivery::not_sent);
        ends.push_back(e.result);
    }}};
    auto s = settings_with(one);
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<get_weather> invalid(s, {.city = ""}, now);
    REQUIRE(invalid.poll(now) == call_step::done);
    CHECK(!invalid.take());
    std::stop_source stop;
    stop.request_stop();
    s.stop = stop.get_token();
    parley::exchange<get_weather> stopped(s, {.city = "Ghent"}, now);
    REQUIRE(stopped.poll(now) == call_step::done);
    CHECK(!stopped.take());
    CHECK(ends == std::vector{parley::call_result::invalid_input, parley::call_result::transport_failure});
}

TEST_SUITE_END();
