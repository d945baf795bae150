// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Completions and timers that run after the client is destroyed, or twice. AddressSanitizer finds most faults.
#include <parley/client/callback_driver.hpp>

#include <parley/client/client.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;

namespace {

using duration = std::chrono::steady_clock::duration;
using time_point = std::chrono::steady_clock::time_point;
using reply = parley::result<parley::http_response, parley::transport_error>;

struct look {
    struct input {};
    struct output {
        int number = 0;
    };
    static constexpr auto http = parley::http("GET /look");
};
BOOST_DESCRIBE_STRUCT(look::input, (), ())
BOOST_DESCRIBE_STRUCT(look::output, (), (number))

parley::http_response good() { return {200, {}, R"({"number":1})"}; }

// The queues of an event loop, which outlive the client.
struct loop {
    std::vector<std::function<void(reply)>> completions{};
    std::vector<std::function<void()>> timers{};
};
struct stack {
    loop& events;
    void operator()(parley::http_request const&, std::function<void(reply)> done) {
        events.completions.push_back(std::move(done));
    }
    void sleep(duration, std::function<void()> wake) { events.timers.push_back(std::move(wake)); }
};

// A client and its clock, which are destroyed together.
struct owner {
    std::unique_ptr<time_point> now = std::make_unique<time_point>(1h);
    parley::client<stack> client;

    owner(loop& events, parley::client_config config) : client(with_clock(std::move(config)), stack{events}) {}

private:
    parley::client_config with_clock(parley::client_config config) {
        config.endpoint = "http://test";
        config.now = [this] { return *now; };
        return config;
    }
};

} // namespace

TEST_CASE("callback_driver: the attempt that loses a hedged call may end after the client and its clock are destroyed") {
    loop events;
    parley::client_config config;
    config.retry.hedge_after = 10ms;
    auto one = std::make_unique<owner>(events, config);
    int calls = 0;
    one->client.send<look>({}, [&](parley::outcome<look> o) {
        CHECK(o);
        ++calls;
    });
    REQUIRE(events.timers.size() == 1);
    *one->now += 10ms;
    events.timers[0]();
    REQUIRE(events.completions.size() == 2);
    SUBCASE("the second one loses") {
        events.completions[0](good());
        CHECK(calls == 1);
        one.reset();
        events.completions[1](good());
    }
    SUBCASE("the first one loses, with an error") {
        events.completions[1](good());
        CHECK(calls == 1);
        one.reset();
        events.completions[0](parley::transport_error{parley::transport_errc::cancelled, true, {}});
    }
    SUBCASE("both complete twice") {
        events.completions[1](good());
        one.reset();
        for (int i = 0; i < 2; ++i) {
            for (auto const& done : events.completions) done(good());
        }
    }
    CHECK(calls == 1);
    for (auto const& wake : events.timers) wake();
    CHECK(calls == 1);
}

TEST_CASE("callback_driver: a timer may fire after the client is destroyed") {
    loop events;
    parley::client_config config;
    config.retry.hedge_after = 10ms;
    auto one = std::make_unique<owner>(events, config);
    int calls = 0;
    one->client.send<look>({}, [&](parley::outcome<look>) { ++calls; });
    REQUIRE(events.timers.size() == 1);
    events.completions[0](good()); // before the timer fires
    CHECK(calls == 1);
    one.reset();
    events.timers[0]();
    CHECK(calls == 1);
}

TEST_CASE("callback_driver: a handler may destroy the client and its transport") {
    for (bool const at_once : {true, false}) {
        CAPTURE(at_once);
        loop events;
        auto one = std::make_unique<owner>(events, parley::client_config{});
        int calls = 0;
        one->client.send<look>({}, [&](parley::outcome<look>) {
            ++calls;
            one.reset();
        });
        auto const done = events.completions[0];
        done(good());
        if (at_once) done(good());
        events.completions.clear();
        CHECK(calls == 1);
    }
}

TEST_CASE("callback_driver: a transport that completes within its call may complete again after the client is destroyed") {
    std::function<void(reply)> kept;
    auto transport = [&](parley::http_request const&, std::function<void(reply)> done) {
        kept = done;
        done(good());
        done(good());
    };
    int calls = 0;
    auto client =
        std::make_unique<parley::client<decltype(transport)>>(parley::client_config{.endpoint = "http://test"}, transport);
    client->send<look>({}, [&](parley::outcome<look> o) {
        CHECK(o);
        ++calls;
        client.reset();
    });
    CHECK(calls == 1);
    kept(good());
    kept(parley::transport_error{});
    CHECK(calls == 1);
}

TEST_SUITE_END();
