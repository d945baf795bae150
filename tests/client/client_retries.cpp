// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/client.hpp>

#include <parley/transport/loopback.hpp>

#include <support/weather.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::transport_errc;
using weather::get_weather;

namespace {

using duration = std::chrono::steady_clock::duration;
using time_point = std::chrono::steady_clock::time_point;
using reply = parley::result<parley::http_response, parley::transport_error>;

parley::client_config const config{.endpoint = "https://api.example.com", .random = [] { return 0.5; }};

parley::http_response good() { return {200, {}, R"({"celsius":21.5})"}; }
parley::http_response busy() { return {503, {}, "try later"}; }

// A callback transport in virtual time. Requests are queued until the test completes them.
struct manual_stack {
    struct pending {
        parley::http_request const* request;
        std::function<void(reply)> done;
    };
    time_point now{};
    std::vector<pending> calls{};
    std::multimap<time_point, std::function<void()>> timers{};

    void operator()(parley::http_request const& r, std::function<void(reply)> done) { calls.push_back({&r, std::move(done)}); }
    void sleep(duration d, std::function<void()> wake) { timers.emplace(now + d, std::move(wake)); }

    /// Advances the time and runs the timers.
    void pass(duration d) {
        auto const until = now + d;
        while (!timers.empty() && timers.begin()->first <= until) {
            now = std::max(now, timers.begin()->first);
            auto const wake = std::move(timers.begin()->second);
            timers.erase(timers.begin());
            wake();
        }
        now = until;
    }
};

parley::client_config with_clock_of(manual_stack& stack) {
    auto c = config;
    c.now = [&stack] { return stack.now; };
    return c;
}

} // namespace

TEST_CASE("client retries: the calls of a client share its retry tokens") {
    parley::loopback server{[](parley::http_request const&) { return busy(); }};
    parley::client client{config, std::ref(server)};
    // 500 tokens, 14 for a retry: 17 calls of three attempts take 476 tokens, the next one has one retry, and then no retry is possible.
    for (int i = 0; i < 17; ++i) CHECK(client.send<get_weather>({.city = "Ghent"}).metadata().attempts == 3);
    CHECK(client.send<get_weather>({.city = "Ghent"}).metadata().attempts == 2);
    CHECK(client.send<get_weather>({.city = "Ghent"}).metadata().attempts == 1);
    CHECK(client.state().tokens.available() == 10);
}

TEST_CASE("client retries: copies of a client share its state; other clients do if they are configured to") {
    parley::loopback server{[](parley::http_request const&) { return busy(); }};
    parley::client client{config, std::ref(server)};
    auto copy = client;
    static_cast<void>(copy.send<get_weather>({.city = "Ghent"}));
    CHECK(client.state().tokens.available() == 500 - 2 * 14);
    auto moved = std::move(copy);
    static_cast<void>(moved.send<get_weather>({.city = "Ghent"}));
    CHECK(client.state().tokens.available() == 500 - 4 * 14);

    parley::client other{config, std::ref(server)};
    CHECK(other.state().tokens.available() == 500);
    auto shared = config;
    shared.state = std::make_shared<parley::client_state>(shared.retry, time_point{});
    parley::client one{shared, std::ref(server)}, two{shared, std::ref(server)};
    static_cast<void>(one.send<get_weather>({.city = "Ghent"}));
    CHECK(two.state().tokens.available() == 500 - 2 * 14);
}

TEST_CASE("client retries: a signer gets the time of the system, and the time of the server once it is known to differ") {
    auto signing = config;
    signing.system_now = [] { return std::chrono::system_clock::time_point(1736944496s); };
    std::vector<std::int64_t> times;
    signing.sign = [&times](parley::http_request&, parley::signing_context const& c) {
        times.push_back(std::chrono::floor<std::chrono::seconds>(c.time).time_since_epoch().count());
    };
    parley::loopback server{[](parley::http_request const&) -> parley::http_response {
        return {200, {{"date", "Wed, 15 Jan 2025 13:34:56 GMT"}}, R"({"celsius":1})"};
    }};
    parley::client client{signing, std::ref(server)};
    CHECK(client.send<get_weather>({.city = "Ghent"}));
    CHECK(client.send<get_weather>({.city = "Ghent"}));
    CHECK(times == std::vector<std::int64_t>{1736944496, 1736944496 + 3600});
}

TEST_CASE("client retries: a callback transport gets a hedged attempt after a slow response, and the first response counts") {
    manual_stack stack;
    auto hedging = with_clock_of(stack);
    hedging.retry.hedge_after = 100ms;
    parley::client client{hedging, std::ref(stack)};
    std::vector<parley::outcome<get_weather>> outcomes;
    std::stop_source stop;
    client.send<get_weather>({.city = "Ghent"}, [&outcomes](auto o) { outcomes.push_back(std::move(o)); },
                             {.stop = stop.get_token()});
    REQUIRE(stack.calls.size() == 1);
    stack.pass(99ms);
    CHECK(stack.calls.size() == 1);
    stack.pass(1ms);
    REQUIRE(stack.calls.size() == 2);
    stack.pass(1h);
    CHECK(stack.calls.size() == 2);
    SUBCASE("the second response counts") {
        stack.calls[1].done(good());
        REQUIRE(outcomes.size() == 1);
        CHECK(outcomes[0]);
        CHECK(outcomes[0].metadata().attempts == 2);
        CHECK(stack.calls[0].request->stop.stop_requested()); // the other attempt is stopped
        stack.calls[0].done(parley::transport_error{transport_errc::cancelled, true, {}});
    }
    SUBCASE("the first response counts after the other attempt has failed") {
        stack.calls[1].done(parley::transport_error{transport_errc::reset, true, {}});
        CHECK(outcomes.empty());
        stack.calls[0].done(good());
        REQUIRE(outcomes.size() == 1);
        CHECK(outcomes[0]);
    }
    SUBCASE("both fail, and the call is retried") {
        stack.calls[0].done(busy());
        stack.calls[1].done(busy());
        CHECK(outcomes.empty());
        stack.pass(50ms);
        REQUIRE(stack.calls.size() == 3);
        stack.calls[2].done(good());
        REQUIRE(outcomes.size() == 1);
        CHECK(outcomes[0].metadata().attempts == 3);
    }
    SUBCASE("cancelled") {
        stop.request_stop();
        for (auto const i : {0U, 1U}) {
            CHECK(stack.calls[i].request->stop.stop_requested());
            stack.calls[i].done(parley::transport_error{transport_errc::cancelled, true, {}});
        }
        REQUIRE(outcomes.size() == 1);
        CHECK(!outcomes[0]);
    }
    stack.pass(1h);
    CHECK(outcomes.size() == 1);
}

TEST_CASE("client retries: the timer of a previous wait is ignored") {
    manual_stack stack;
    auto hedging = with_clock_of(stack);
    hedging.retry.hedge_after = 100ms;
    hedging.retry.base = 400ms;
    parley::client client{hedging, std::ref(stack)};
    int outcomes = 0;
    client.send<get_weather>({.city = "Ghent"}, [&outcomes](auto const&) { ++outcomes; });
    stack.pass(50ms);
    stack.calls[0].done(busy());
    stack.pass(100ms); // the time of the hedged attempt
    CHECK(stack.calls.size() == 1);
    stack.pass(99ms);
    CHECK(stack.calls.size() == 1);
    stack.pass(1ms); // half of 400 ms after the response
    REQUIRE(stack.calls.size() == 2);
    stack.calls[1].done(good());
    CHECK(outcomes == 1);
}

TEST_CASE("client retries: a transport that blocks or has no timer has one attempt in flight") {
    auto hedging = config;
    hedging.retry.hedge_after = 0ms;
    int asked = 0;
    parley::client blocking{hedging, [&asked](parley::http_request const&) { return ++asked, good(); }};
    CHECK(blocking.send<get_weather>({.city = "Ghent"}));
    CHECK(asked == 1);
    parley::client calling{hedging, [&asked](parley::http_request const&, auto done) { ++asked, done(good()); }};
    calling.send<get_weather>({.city = "Ghent"}, [](auto const& o) { CHECK(o); });
    CHECK(asked == 2);
}

TEST_CASE("client retries: a timer that takes a stop token ends the wait of a cancelled call at once") {
    struct stack {
        std::function<void()>* timer;
        void operator()(parley::http_request const&, std::function<void(parley::http_response)> done) { done(busy()); }
        void sleep(duration, std::stop_token stop, std::function<void()> wake) {
            CHECK(stop.stop_possible());
            *timer = std::move(wake);
        }
    };
    std::function<void()> timer;
    parley::client client{config, stack{&timer}};
    std::stop_source stop;
    std::optional<transport_errc> condition;
    client.send<get_weather>({.city = "Ghent"},
                             [&condition](parley::outcome<get_weather> const& o) {
                                 REQUIRE(!o);
                                 condition = o.error().get_if<parley::transport_failure>()->condition;
                             },
                             {.stop = stop.get_token()});
    REQUIRE(timer);
    CHECK(!condition);
    stop.request_stop();
    timer();
    CHECK(condition == transport_errc::cancelled);
}

TEST_CASE("client retries: an awaitable timer that takes a stop token ends the wait of a cancelled call at once") {
    namespace asio = boost::asio;
    struct stack {
        asio::awaitable<parley::http_response> operator()(parley::http_request const&) const { co_return busy(); }
        asio::awaitable<void> sleep(duration d, std::stop_token stop) const {
            asio::steady_timer timer(co_await asio::this_coro::executor, d);
            std::stop_callback const cancel(stop, [&timer] { timer.cancel(); });
            boost::system::error_code ignored;
            co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
    };
    auto slow = config;
    slow.retry.base = slow.retry.max_delay = 10h;
    asio::io_context context;
    parley::client client{slow, stack{}};
    std::stop_source stop;
    std::optional<transport_errc> condition;
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            parley::call_options const options{.stop = stop.get_token()};
            auto call = client.send<get_weather>({.city = "Ghent"}, options);
            auto const o = co_await std::move(call);
            REQUIRE(!o);
            condition = o.error().get_if<parley::transport_failure>()->condition;
        },
        asio::detached);
    context.poll();
    CHECK(!condition);
    stop.request_stop();
    context.run_for(10s);
    CHECK(condition == transport_errc::cancelled);
}

TEST_CASE("client retries: completions and timers of a hedged call may come from several threads concurrently") {
    // A separate thread completes each request and ends each wait.
    struct stack {
        std::mutex mutex{};
        std::vector<std::jthread> threads{};
        std::atomic<int> asked{0};

        void start(std::function<void()> work) {
            std::lock_guard lock(mutex);
            threads.emplace_back(std::move(work));
        }
        void operator()(parley::http_request const&, std::function<void(reply)> done) {
            int const n = ++asked;
            start([done = std::move(done), n] {
                std::this_thread::sleep_for(std::chrono::microseconds(n % 3 * 300));
                done(n % 4 == 0 ? reply(busy()) : reply(good()));
                if (n % 5 == 0) done(busy()); // twice
            });
        }
        void sleep(duration d, std::function<void()> wake) {
            start([wake = std::move(wake), d] {
                std::this_thread::sleep_for(d);
                wake();
            });
        }
    };
    auto hedging = config;
    hedging.retry.hedge_after = 0ms;
    hedging.retry.base = 1ms;
    hedging.retry.cost = 0;
    std::atomic<int> outcomes{0};
    constexpr int calls = 100;
    stack many;
    parley::client client{hedging, std::ref(many)};
    for (int i = 0; i < calls; ++i) client.send<get_weather>({.city = "Ghent"}, [&outcomes](auto const&) { ++outcomes; });
    for (;;) {
        std::vector<std::jthread> ended;
        {
            std::lock_guard lock(many.mutex);
            ended.swap(many.threads);
        }
        if (ended.empty()) break;
    }
    CHECK(outcomes == calls);
}

TEST_SUITE_END();
