// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/line_log.hpp>

#include <parley/exchange/exchange.hpp>

#include <support/polling.hpp>
#include <support/weather.hpp>

#include <boost/describe/class.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("exchange");

using parley::call_step;
using weather::get_weather;
using lines = std::vector<std::string>;

namespace {

struct register_patient {
    struct input {
        std::string name;
    };
    struct output {
        int number = 0;
    };
    static constexpr auto http = parley::http("POST /patients");
};
BOOST_DESCRIBE_STRUCT(register_patient::input, (), (name))
BOOST_DESCRIBE_STRUCT(register_patient::output, (), (number))
constexpr auto parley_traits(register_patient::input const*) { return parley::traits(parley::on("name", parley::sensitive())); }

// Returns the lines of a call that gets these responses.
template <class Op>
lines log_of(typename Op::input const& input, std::vector<parley::http_response> const& answers,
             parley::line_log_options options = {}) {
    lines written;
    std::array const logs{parley::line_log([&written](std::string_view line) { written.emplace_back(line); }, options)};
    parley::call_settings s;
    s.endpoint = *parley::parse_endpoint("https://api.example.com");
    s.random = [] { return 0.5; };
    s.fields = {{"x-api-key", "k"}};
    s.sign = [](parley::http_request& r) { r.fields.set("authorization", "Bearer b"); };
    s.interceptors = logs;
    std::chrono::steady_clock::time_point const now{};
    parley::exchange<Op> call(s, input, now);
    for (auto const& answer : answers) {
        REQUIRE(support::step_of(call, now) == call_step::send);
        call.handle_response(answer, now);
        call.handle_wake();
    }
    REQUIRE(call.poll(now) == call_step::done);
    static_cast<void>(call.take());
    return written;
}

} // namespace

TEST_CASE("line_log: a call is logged in a few lines") {
    CHECK(log_of<get_weather>({.city = "Ghent", .days = 3},
                              {{503, {{"x-amzn-errortype", "Overloaded"}}, "{}"}, {200, {}, R"({"celsius":1})"}})
          == lines{"get_weather #1 > GET https://api.example.com/weather/Ghent?days=3",
                   "get_weather #1 < 503 Overloaded: retried in 25 ms",
                   "get_weather #2 > GET https://api.example.com/weather/Ghent?days=3", "get_weather #2 ok, 200"});
    CHECK(log_of<get_weather>({.city = ""}, {}) == lines{"get_weather failed: invalid input, nothing was sent"});
    CHECK(log_of<get_weather>({.city = "Ghent"}, {{404, {}, R"({"message":"sunk"})"}}).back()
          == "get_weather #1 failed: 404 city_unknown");
}

TEST_CASE("line_log: header fields and bodies are logged on request, without secrets") {
    auto const shown = log_of<register_patient>({.name = "Ann"}, {{200, {{"set-cookie", "c"}, {"etag", "e"}}, R"({"number":7})"}},
                                                {.fields = true, .bodies = true});
    CHECK(shown
          == lines{"register_patient #1 > POST https://api.example.com/patients",
                   "register_patient #1 > content-type: application/json", "register_patient #1 > content-length: 14",
                   "register_patient #1 > x-api-key: ***", "register_patient #1 > 14 bytes, ***", "register_patient #1 < 200",
                   "register_patient #1 < set-cookie: ***", "register_patient #1 < etag: e",
                   "register_patient #1 < {\"number\":7}", "register_patient #1 ok, 200"});
    for (auto const& line : shown) {
        CHECK(line.find("Ann") == std::string::npos);
        CHECK(line.find("Bearer") == std::string::npos);
    }
}

TEST_CASE("line_log: secrets are logged on request") {
    auto const shown = log_of<register_patient>({.name = "Ann"}, {{200, {}, R"({"number":7})"}},
                                                {.fields = true, .bodies = true, .secrets = true});
    auto const has = [&shown](std::string_view line) { return std::find(shown.begin(), shown.end(), line) != shown.end(); };
    CHECK(has("register_patient #1 > authorization: Bearer b"));
    CHECK(has("register_patient #1 > x-api-key: k"));
    CHECK(has("register_patient #1 > {\"name\":\"Ann\"}"));
}

TEST_CASE("line_log: text of the server cannot add lines, and is shortened") {
    auto const shown = log_of<get_weather>(
        {.city = "Ghent"}, {{418, {{"x-amzn-errortype", "a\nfake #1 ok" + std::string(5000, 'x')}}, std::string(5000, '\t')}},
        {.bodies = true, .body_bytes = 10});
    for (auto const& line : shown) {
        CHECK(line.find('\n') == std::string::npos);
        CHECK(line.size() < 200);
    }
    CHECK(shown[2] == "get_weather #1 <           ... of 5000 bytes");
}

TEST_SUITE_END();
