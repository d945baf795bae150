// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/client_config.hpp>

#include <parley/client/client.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

using namespace std::chrono_literals;
using parley::detail::call_plan;
using parley::detail::client_core;
using parley::detail::operation_vtable;
using weather::get_weather;

namespace {

struct counted {
    int calls = 0;
};

operation_vtable vtable(parley::detail::call_planner planner) {
    return {parley::detail::table_of<get_weather>::value, parley::rest_json::client_side, planner};
}

std::string refusal(call_plan const& plan) { return plan.refusal ? plan.refusal->message() : std::string("none"); }

} // namespace

TEST_SUITE_BEGIN("client");

TEST_CASE("client_config: all but the endpoint has a default") {
    parley::client_config const config{.endpoint = "https://api.example.com"};
    CHECK(config.strictness == parley::strictness::strict);
    CHECK(config.retry.max_attempts == 3);
    CHECK(!config.call_timeout);
    CHECK(!config.attempt_timeout);
    CHECK(!config.gzip);
    CHECK(config.user_agent == "parley/" PARLEY_VERSION_STRING);
    CHECK(!config.aws.use_fips);
    CHECK(!config.aws.use_dualstack);
    CHECK(config.aws.host_prefix);
    client_core const core(parley::client_config(config), {});
    REQUIRE(core.endpoint);
    CHECK(core.endpoint->host == "api.example.com");
    auto const& s = core.settings;
    REQUIRE((s.random && s.uuid && s.system_now));
    for (int i = 0; i < 100; ++i) {
        auto const random = s.random();
        CHECK(random >= 0);
        CHECK(random < 1);
    }
    CHECK(s.uuid() != s.uuid());
    CHECK(s.uuid().size() == 36); // RFC 9562, section 4
    auto const drift = s.system_now() - std::chrono::system_clock::now();
    CHECK(std::chrono::abs(drift) < 1min);
    auto const now = core.now();
    CHECK(now <= std::chrono::steady_clock::now());
}

TEST_CASE("client_config: what it says is what calls are made with") {
    parley::client_config config{.endpoint = "https://api.example.com"};
    config.strictness = parley::strictness::lenient;
    config.limits.depth = 7;
    config.retry.max_attempts = 5;
    config.gzip_threshold = 1;
    config.fields.set("x-tenant", "t");
    config.user_agent = "me/1";
    config.aws.host_prefix = false;
    config.now = [] { return std::chrono::steady_clock::time_point(5s); };
    config.system_now = [] { return std::chrono::system_clock::time_point(7s); };
    config.random = [] { return 0.25; };
    config.uuid = [] { return "id"; };
    client_core const core(std::move(config), {});
    auto const& s = core.settings;
    CHECK(s.strictness == parley::strictness::lenient);
    CHECK(s.limits.depth == 7);
    CHECK(s.retry.max_attempts == 5);
    CHECK(s.gzip_threshold == 1);
    CHECK(s.fields.find("x-tenant") == "t");
    CHECK(s.user_agent == "me/1");
    CHECK(!s.host_prefix);
    CHECK(core.now() == std::chrono::steady_clock::time_point(5s));
    CHECK(s.system_now() == std::chrono::system_clock::time_point(7s));
    CHECK(s.random() == 0.25);
    CHECK(s.uuid() == "id");
}

TEST_CASE("client_config: clients share a state only if they are given the same") {
    client_core const one({}, {}), two({}, {});
    CHECK(one.settings.state != nullptr);
    CHECK(one.settings.state != two.settings.state);
    auto const state = std::make_shared<parley::client_state>(parley::retry_policy{}, std::chrono::steady_clock::time_point{});
    client_core const three({.state = state}, {}), four({.state = state}, {});
    CHECK(three.settings.state == state.get());
    CHECK(four.settings.state == state.get());
}

TEST_CASE("client_config: a driver that cannot wait makes one attempt, one that cannot hedge does not") {
    parley::client_config config;
    config.retry.max_attempts = 5;
    config.retry.mode = parley::retry_mode::adaptive;
    config.retry.hedge_after = 10ms;
    client_core const all(parley::client_config(config), {}), no_wait(parley::client_config(config), {.wait = false}),
        no_hedge(parley::client_config(config), {.hedge = false});
    CHECK(all.settings.retry.max_attempts == 5);
    CHECK(all.settings.retry.hedge_after == 10ms);
    CHECK(no_wait.settings.retry.max_attempts == 1);
    CHECK(no_wait.settings.retry.mode == parley::retry_mode::standard); // which never waits for a rate
    CHECK(no_hedge.settings.retry.max_attempts == 5);
    CHECK(!no_hedge.settings.retry.hedge_after);
}

TEST_CASE("client_config: a query and a fragment make the endpoint none, unless the client is compatible") {
    parley::client_config config{.endpoint = "https://api.example.com/base?a=1#b"};
    CHECK(!client_core(parley::client_config(config), {}).endpoint);
    config.strictness = parley::strictness::compatible;
    client_core const core(std::move(config), {});
    REQUIRE(core.endpoint);
    CHECK(core.endpoint->path == "/base");
}

TEST_CASE("client_config: a call without an endpoint is refused, and nothing is sent") {
    for (auto const* endpoint : {"", "api.example.com", "ftp://api.example.com", "https://"}) {
        CAPTURE(endpoint);
        bool sent = false;
        parley::client client{{.endpoint = endpoint}, [&sent](parley::http_request const&) {
                                  sent = true;
                                  return parley::http_response{200, {}, R"({"celsius":1})"};
                              }};
        auto const today = client.send<get_weather>({.city = "Ghent"});
        REQUIRE(!today);
        CHECK(today.error().is<parley::invalid_input>());
        CHECK(today.error().message().find("endpoint") != std::string::npos);
        CHECK(today.error().sent() == parley::delivery::not_sent);
        CHECK(!sent);
    }
}

TEST_CASE("client_config: the options of a call are instead of those of the client") {
    parley::client_config config{.endpoint = "https://api.example.com"};
    config.call_timeout = 1000ms;
    config.attempt_timeout = 100ms;
    call_plan const defaults(config, {});
    CHECK(defaults.terms.call_timeout == 1000ms);
    CHECK(defaults.terms.attempt_timeout == 100ms);
    CHECK(!defaults.terms.stop.stop_possible());
    std::stop_source source;
    call_plan const own(config, {.stop = source.get_token(), .call_timeout = 5000ms});
    CHECK(own.terms.call_timeout == 5000ms);
    CHECK(own.terms.attempt_timeout == 100ms);
    CHECK(own.terms.stop == source.get_token());
}

TEST_CASE("client_config: whatever a planner throws or refuses ends the call before anything is sent") {
    client_core const core({.endpoint = "https://api.example.com"}, {});
    auto const good = parley::detail::plan_for(core, vtable(&parley::detail::plan_call), {}, nullptr);
    CHECK(refusal(good) == "none");
    CHECK(good.terms.endpoint == &*core.endpoint);

    auto const refused = parley::detail::plan_for(
        core, vtable([](client_core const&, operation_vtable const&, parley::call_options const&, void const*) {
            return parley::detail::refused_plan("no such region");
        }),
        {}, nullptr);
    CHECK(refusal(refused) == "no such region");
    CHECK(refused.refusal->sent() == parley::delivery::not_sent);

    auto const thrown = parley::detail::plan_for(
        core, vtable([](client_core const&, operation_vtable const&, parley::call_options const&, void const*) -> call_plan {
            throw std::runtime_error("the rules are broken");
        }),
        {}, nullptr);
    REQUIRE(thrown.refusal);
    CHECK(refusal(thrown).find("the rules are broken") != std::string::npos);
    CHECK(thrown.refusal->sent() == parley::delivery::not_sent);
}

TEST_CASE("client_config: an extension is made once for each client") {
    client_core const one({}, {}), two({}, {});
    one.extension.get<counted>().calls = 3;
    CHECK(one.extension.get<counted>().calls == 3);
    CHECK(two.extension.get<counted>().calls == 0);
}

TEST_CASE("client_config: waiting in a thread ends early when it is asked to stop") {
    auto const begin = std::chrono::steady_clock::now();
    std::stop_source source;
    source.request_stop();
    parley::detail::sleep_in_thread(1h, source.get_token()); // returns at once
    std::stop_source later;
    std::jthread const stopper([&later] {
        std::this_thread::sleep_for(20ms);
        later.request_stop();
    });
    parley::detail::sleep_in_thread(1h, later.get_token());
    CHECK(std::chrono::steady_clock::now() - begin < 1min);
    auto const before = std::chrono::steady_clock::now();
    parley::detail::sleep_in_thread(20ms, {});
    CHECK(std::chrono::steady_clock::now() - before >= 20ms);
}

TEST_SUITE_END();
