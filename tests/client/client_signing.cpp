// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Slow signers and interceptors: the stop token and the time-out are checked right before a request is sent.
#include <parley/client/client.hpp>

#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::delivery;
using parley::transport_errc;

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

// A call in virtual time over each kind of transport, whose signer or interceptors advance the time.
struct trial {
    time_point now{1h};
    std::stop_source stop;
    std::optional<time_point> stop_at;
    parley::client_config config{.endpoint = "http://test"};
    std::vector<parley::http_request> sent;

    trial() {
        config.now = [this] { return now; };
        config.random = [] { return 0.0; };
    }
    void pass(duration d) {
        now += d;
        if (stop_at && now >= *stop_at) stop.request_stop();
    }
    void each(std::function<void(parley::outcome<look> const&)> const& check) {
        parley::call_options const options{.stop = stop.get_token()};
        auto const answer = [this](parley::http_request const& r) -> reply {
            sent.push_back(r);
            return parley::http_response{200, {}, R"({"number":1})"};
        };
        for (int kind = 0; kind < 3; ++kind) {
            CAPTURE(kind);
            sent.clear();
            auto const began = now;
            if (kind == 0) {
                parley::client client{config, answer};
                check(client.send<look>({}, options));
            } else if (kind == 1) {
                parley::client client{config,
                                      [&](parley::http_request const& r, std::function<void(reply)> done) { done(answer(r)); }};
                int calls = 0;
                client.send<look>(
                    {},
                    [&](parley::outcome<look> const& o) {
                        ++calls;
                        check(o);
                    },
                    options);
                CHECK(calls == 1);
            } else {
                parley::client client{config,
                                      [&](parley::http_request const& r) -> support::task<reply> { co_return answer(r); }};
                check(client.send<look>({}, options).take());
            }
            now = began;
        }
    }
};

void check_failure(parley::outcome<look> const& o, transport_errc condition) {
    REQUIRE(!o);
    auto const* failure = o.error().get_if<parley::transport_failure>();
    REQUIRE(failure);
    CHECK(failure->condition == condition);
    CHECK(failure->sent == delivery::not_sent);
    CHECK(o.metadata().attempts == 0);
}

} // namespace

TEST_CASE("client signing: a call that times out during signing is not sent") {
    trial t;
    t.config.call_timeout = 200ms;
    SUBCASE("the signer") {
        t.config.sign = [&](parley::http_request&) { t.pass(3s); };
    }
    SUBCASE("an interceptor before it") {
        t.config.interceptors.push_back({.before_signing = [&](auto&&...) { t.pass(3s); }});
    }
    SUBCASE("an interceptor after it") {
        t.config.interceptors.push_back({.before_sending = [&](auto&&...) { t.pass(200ms); }});
    }
    t.each([&](parley::outcome<look> const& o) {
        CHECK(t.sent.empty());
        check_failure(o, transport_errc::timed_out);
    });
}

TEST_CASE("client signing: a call that is stopped during signing is not sent") {
    trial t;
    t.stop_at = t.now + 100ms;
    SUBCASE("the signer succeeds") {
        t.config.sign = [&](parley::http_request&) { t.pass(3s); };
    }
    SUBCASE("the signer gives up after the stop request") {
        t.config.sign = [&](parley::http_request&, parley::signing_context const& c) -> std::optional<parley::signing_error> {
            while (!c.stop.stop_requested()) t.pass(10ms);
            return parley::signing_error{"stopped"};
        };
    }
    t.each([&](parley::outcome<look> const& o) {
        CHECK(t.sent.empty());
        check_failure(o, transport_errc::cancelled);
    });
}

TEST_CASE("client signing: a signer gets the deadline of the call") {
    trial t;
    auto const began = t.now;
    std::vector<std::optional<time_point>> deadlines;
    t.config.sign = [&](parley::http_request&, parley::signing_context const& c) {
        deadlines.push_back(c.deadline);
        t.pass(50ms);
    };
    t.each([&](parley::outcome<look> const& o) { CHECK(o); });
    t.config.call_timeout = 200ms;
    t.config.attempt_timeout = 60ms;
    t.each([&](parley::outcome<look> const& o) {
        CHECK(o);
        REQUIRE(t.sent.size() == 1);
        CHECK(t.sent[0].deadline == began + 50ms + 60ms); // the time-out of the attempt begins when it is sent
    });
    auto const of_call = std::optional(began + 200ms);
    CHECK(deadlines
          == std::vector<std::optional<time_point>>{std::nullopt, std::nullopt, std::nullopt, of_call, of_call, of_call});
}

TEST_CASE("client signing: an interceptor may set another deadline") {
    trial t;
    auto const own = t.now + 5s;
    t.config.attempt_timeout = 60ms;
    t.config.interceptors.push_back({.before_sending = [&](parley::http_request& r, parley::attempt_context const&) {
        t.pass(10ms);
        r.deadline = own;
    }});
    t.each([&](parley::outcome<look> const& o) {
        CHECK(o);
        REQUIRE(t.sent.size() == 1);
        CHECK(t.sent[0].deadline == own);
    });
}

TEST_CASE("client signing: a retry that times out during signing returns its tokens") {
    trial t;
    t.config.call_timeout = 200ms;
    t.config.state = std::make_shared<parley::client_state>(t.config.retry, t.now);
    t.config.sign = [&](parley::http_request&, parley::signing_context const& c) { t.pass(c.attempt == 2 ? 3s : 0s); };
    int sent = 0;
    parley::client client{t.config, [&](parley::http_request const&) {
                              ++sent;
                              return parley::http_response{503, {}, "{}"};
                          }};
    auto const o = client.send<look>({});
    CHECK(sent == 1);
    REQUIRE(!o);
    CHECK(o.error().get_if<parley::transport_failure>()->condition == transport_errc::timed_out);
    CHECK(o.error().sent() == delivery::possibly_sent);
    CHECK(o.metadata().failed_attempts.back().verdict == parley::retry_verdict::past_deadline);
    CHECK(t.config.state->tokens.available() == 500);
}

namespace {

// A transport with a timer, whose requests the test completes.
struct manual_stack {
    std::vector<std::function<void(reply)>> completions{};
    std::vector<std::function<void()>> timers{};
    void operator()(parley::http_request const&, std::function<void(reply)> done) { completions.push_back(std::move(done)); }
    void sleep(duration, std::function<void()> wake) { timers.push_back(std::move(wake)); }
};

} // namespace

TEST_CASE("client signing: a hedged attempt that times out during signing is not sent and takes no tokens") {
    trial t;
    manual_stack stack;
    t.config.call_timeout = 200ms;
    t.config.retry.hedge_after = 10ms;
    bool stops = false;
    t.config.sign = [&](parley::http_request&, parley::signing_context const& c) {
        if (c.attempt == 2 && stops) t.stop.request_stop();
        if (c.attempt == 2 && !stops) t.pass(3s);
    };
    SUBCASE("time-out") {}
    SUBCASE("stop") { stops = true; }
    parley::client client{t.config, std::ref(stack)};
    std::optional<parley::outcome<look>> got;
    client.send<look>({}, [&](parley::outcome<look> o) { got.emplace(std::move(o)); }, {.stop = t.stop.get_token()});
    REQUIRE(stack.timers.size() == 1);
    t.pass(10ms);
    stack.timers[0]();
    CHECK(stack.completions.size() == 1);
    CHECK(client.state().tokens.available() == 500);
    REQUIRE(!got);
    stack.completions[0](parley::http_response{200, {}, R"({"number":1})"});
    REQUIRE(got);
    CHECK(*got);
    CHECK(got->metadata().attempts == 1);
}

TEST_SUITE_END();
