// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Completions and timers that come when the client is gone, or twice. Most of it shows under AddressSanitizer.
#include <parley/client/callback_driver.hpp>

#include <parley/client/client.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

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

// What outlives the client: the queues of an event loop.
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

// A client with a clock of its own, which goes with it.
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

TEST_CASE("lifetime: the attempt that loses a hedged call may end when the client and its clock are gone") {
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
    SUBCASE("both answer twice") {
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

TEST_CASE("lifetime: a timer may fire when the client is gone") {
    loop events;
    parley::client_config config;
    config.retry.hedge_after = 10ms;
    auto one = std::make_unique<owner>(events, config);
    int calls = 0;
    one->client.send<look>({}, [&](parley::outcome<look>) { ++calls; });
    REQUIRE(events.timers.size() == 1);
    events.completions[0](good()); // before it fires
    CHECK(calls == 1);
    one.reset();
    events.timers[0]();
    CHECK(calls == 1);
}

TEST_CASE("lifetime: a handler may destroy the client, and what it is of") {
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

TEST_CASE("lifetime: a transport that answers within its call may answer again when the client is gone") {
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
