// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An exception during a call ends the call once, with a failure that reports it, and nothing is sent after that.
#include <parley/client/client.hpp>

#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::delivery;
using parley::transport_errc;

namespace {

using duration = std::chrono::steady_clock::duration;
using reply = parley::result<parley::http_response, parley::transport_error>;

struct not_an_exception {};

// Selects the function that throws, and its call.
struct fuse {
    int calls_left = -1; // -1: never
    bool plain = false;  // throws something other than a std::exception

    void pass() {
        if (calls_left < 0 || calls_left-- > 0) return;
        if (plain) throw not_an_exception();
        throw std::runtime_error("blown");
    }
};

// A list whose elements throw on construction while the fuse is blown.
fuse element_fuse;
struct element {
    int number = 0;
    element() { element_fuse.pass(); }
};
BOOST_DESCRIBE_STRUCT(element, (), (number))

struct order {
    struct input {
        std::string what;
    };
    struct output {
        std::vector<element> elements;
    };
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what))
BOOST_DESCRIBE_STRUCT(order::output, (), (elements))

// A list whose move throws.
fuse move_fuse;
struct heavy_output {
    int number = 0;
    heavy_output() = default;
    heavy_output(heavy_output&& other) : number(other.number) { move_fuse.pass(); }
    heavy_output(heavy_output const&) = default;
    heavy_output& operator=(heavy_output const&) = default;
    heavy_output& operator=(heavy_output&&) = default;
};
BOOST_DESCRIBE_STRUCT(heavy_output, (), (number))
struct heavy {
    using input = order::input;
    using output = heavy_output;
    static constexpr auto http = parley::http("POST /heavy");
};

parley::http_response good() { return {200, {}, R"({"elements":[{"number":1}],"number":1})"}; }
parley::http_response busy() { return {503, {}, "{}"}; }

parley::client_config config_with(int attempts = 5) {
    parley::client_config c{.endpoint = "http://test", .random = [] { return 0.5; }};
    c.retry.max_attempts = attempts;
    return c;
}

// A call over each kind of transport. Each transport counts its requests; `answer` may throw.
struct trial {
    parley::client_config config = config_with();
    std::function<reply()> answer = [] { return good(); };
    std::function<void()> timer = [] {};
    int sent = 0;
    int outcomes = 0;

    enum kind { blocking, within_the_call, later, coroutine };
    static constexpr kind kinds[] = {blocking, within_the_call, later, coroutine};

    template <class Op>
    std::optional<parley::outcome<Op>> run(kind k) {
        sent = outcomes = 0;
        switch (k) {
        case blocking: return run_blocking<Op>();
        case within_the_call: return run_callback<Op>(true);
        case later: return run_callback<Op>(false);
        case coroutine: return run_coroutine<Op>();
        }
        return std::nullopt;
    }

private:
    struct blocking_stack {
        trial& t;
        reply operator()(parley::http_request const&) {
            ++t.sent;
            return t.answer();
        }
        void sleep(duration) { t.timer(); }
    };
    struct callback_stack {
        trial& t;
        bool at_once;
        std::vector<std::function<void()>> waiting{};

        void operator()(parley::http_request const&, std::function<void(reply)> done) {
            if (++t.sent > 100) return; // avoids an endless loop
            auto given = t.answer();
            if (at_once) done(std::move(given));
            else waiting.push_back([done, given] { done(given); });
        }
        void sleep(duration, std::function<void()> wake) {
            t.timer();
            if (at_once) wake();
            else waiting.push_back(std::move(wake));
        }
    };
    struct coroutine_stack {
        trial& t;
        support::task<reply> operator()(parley::http_request const&) {
            ++t.sent;
            co_return t.answer();
        }
        support::task<int> sleep(duration) {
            t.timer();
            co_return 0;
        }
    };

    template <class Op>
    std::optional<parley::outcome<Op>> run_blocking() {
        blocking_stack stack{*this};
        parley::client client{config, std::ref(stack)};
        auto outcome = client.template send<Op>({.what = "x"});
        outcomes = 1;
        return outcome;
    }
    template <class Op>
    std::optional<parley::outcome<Op>> run_callback(bool at_once) {
        std::optional<parley::outcome<Op>> last;
        callback_stack stack{*this, at_once};
        parley::client client{config, std::ref(stack)};
        client.template send<Op>({.what = "x"}, [&](parley::outcome<Op> const& o) {
            ++outcomes;
            last.emplace(o);
        });
        while (!stack.waiting.empty()) {
            auto const next = std::move(stack.waiting.front());
            stack.waiting.erase(stack.waiting.begin());
            next();
        }
        return last;
    }
    template <class Op>
    std::optional<parley::outcome<Op>> run_coroutine() {
        coroutine_stack stack{*this};
        parley::client client{config, std::ref(stack)};
        auto call = client.template send<Op>({.what = "x"});
        REQUIRE(call.done());
        outcomes = 1;
        return call.take();
    }
};

struct expected {
    transport_errc condition = transport_errc::exception;
    delivery sent = delivery::possibly_sent;
    int requests = 1;
    std::string text = "exception thrown: blown";
};

template <class Op = order>
void check_each(trial& t, expected const& e) {
    for (auto const kind : trial::kinds) {
        CAPTURE(static_cast<int>(kind));
        auto const outcome = t.run<Op>(kind);
        CHECK(t.outcomes == 1);
        CHECK(t.sent == e.requests);
        REQUIRE(outcome);
        REQUIRE(!*outcome);
        auto const* failure = outcome->error().template get_if<parley::transport_failure>();
        REQUIRE(failure);
        CHECK(failure->condition == e.condition);
        CHECK(failure->message == e.text);
        CHECK(failure->sent == e.sent);
        CHECK(outcome->metadata().attempts == e.requests);
    }
}

} // namespace

TEST_CASE("client exceptions: a member's type that throws ends the call, which has a response") {
    trial t;
    SUBCASE("a std::exception") {
        t.answer = [] {
            element_fuse = {0, false};
            return good();
        };
        check_each(t, {.sent = delivery::answered});
        element_fuse = {};
        auto const lost = t.run<order>(trial::blocking); // the response sets the fuse
        CHECK(lost->metadata().status == 200);
        CHECK(lost->metadata().ended == parley::call_phase::answered);
        REQUIRE(lost->metadata().failed_attempts.size() == 1);
        CHECK(lost->metadata().failed_attempts[0].status == 200);
        CHECK(lost->metadata().failed_attempts[0].condition == transport_errc::exception);
        CHECK(lost->metadata().failed_attempts[0].verdict == parley::retry_verdict::exception);
    }
    SUBCASE("something else") {
        t.answer = [] {
            element_fuse = {0, true};
            return good();
        };
        check_each(t, {.sent = delivery::answered, .text = "exception thrown: not a std::exception"});
    }
    element_fuse = {};
}

TEST_CASE("client exceptions: a transport that throws ends the call") {
    trial t;
    t.answer = []() -> reply { throw std::runtime_error("blown"); };
    check_each(t, {.condition = transport_errc::other, .text = "transport failure: blown"});
    t.answer = []() -> reply { throw not_an_exception(); };
    check_each(t, {.condition = transport_errc::other, .text = "transport failure: not a std::exception"});
}

TEST_CASE("client exceptions: a timer that throws ends the call, and the tokens of the retry are returned") {
    trial t;
    t.answer = [] { return busy(); };
    t.config.state = std::make_shared<parley::client_state>(t.config.retry, std::chrono::steady_clock::now());
    t.timer = [] { throw std::runtime_error("blown"); };
    check_each(t, {});
    t.timer = [] { throw not_an_exception(); };
    check_each(t, {.text = "exception thrown: not a std::exception"});
    CHECK(t.config.state->tokens.available() == 500);
}

TEST_CASE("client exceptions: a signer that throws ends the call before it is sent") {
    trial t;
    t.config.sign = [](parley::http_request&) { throw std::runtime_error("blown"); };
    check_each(t, {.condition = transport_errc::signing, .sent = delivery::not_sent, .requests = 0, .text = "not signed: blown"});
    t.config.sign = [](parley::http_request&) { throw not_an_exception(); };
    check_each(t, {.condition = transport_errc::signing,
                   .sent = delivery::not_sent,
                   .requests = 0,
                   .text = "not signed: not a std::exception"});
}

TEST_CASE("client exceptions: an interceptor that throws ends the call") {
    trial t;
    parley::interceptor i;
    t.answer = [] { return busy(); };
    expected e{.sent = delivery::possibly_sent};
    SUBCASE("before signing") {
        i.before_signing = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::not_sent, .requests = 0};
    }
    SUBCASE("before sending") {
        i.before_sending = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::not_sent, .requests = 0};
    }
    SUBCASE("before sending the second attempt") {
        i.before_sending = [](parley::http_request&, parley::attempt_context const& at) {
            if (at.attempt() == 2) throw std::runtime_error("blown");
        };
        e = {.sent = delivery::possibly_sent, .requests = 1};
    }
    SUBCASE("before decoding") {
        i.before_decoding = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::answered};
    }
    SUBCASE("after a failure") {
        i.after_failure = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::answered};
    }
    SUBCASE("before a wait") {
        i.before_wait = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::answered};
    }
    SUBCASE("at the end") {
        t.answer = [] { return good(); };
        i.at_end = [](auto&&...) { throw std::runtime_error("blown"); };
        e = {.sent = delivery::answered};
    }
    t.config.interceptors.push_back(i);
    int ends = 0;
    auto last = transport_errc::other;
    t.config.interceptors.push_back({.at_end = [&](parley::call_end const& end, parley::attempt_context const&) {
        ++ends;
        last = end.condition;
    }});
    check_each(t, e);
    CHECK(ends == 4); // the other interceptors see each end once
    CHECK(last == transport_errc::exception);
}

TEST_CASE("client exceptions: a function of the config that throws ends the call") {
    trial t;
    t.answer = [] { return busy(); };
    SUBCASE("random") {
        t.config.random = []() -> double { throw std::runtime_error("blown"); };
        check_each(t, {.sent = delivery::answered});
    }
    SUBCASE("the clock, at the n-th time") {
        for (int n = 0;; ++n) {
            CAPTURE(n);
            bool any = false;
            for (auto const kind : trial::kinds) {
                fuse f{n, (n % 2) == 1};
                t.config.state = std::make_shared<parley::client_state>(t.config.retry, std::chrono::steady_clock::time_point());
                t.config.retry.max_attempts = 2;
                t.config.now = [&f] {
                    f.pass();
                    return std::chrono::steady_clock::time_point(1h);
                };
                auto const outcome = t.run<order>(kind);
                CHECK(t.outcomes == 1);
                CHECK(t.sent <= 2);
                REQUIRE(outcome);
                CHECK(!*outcome);
                any = any || f.calls_left < 0;
                bool const ended_by_it = outcome->error().is<parley::transport_failure>();
                if (ended_by_it) CHECK((t.sent == 0) == (outcome->error().sent() == delivery::not_sent));
                // The second response ends the call before the clock is read again.
                else CHECK((t.sent == 2 && outcome->error().is<parley::undeclared_error>()));
            }
            if (!any) break;
        }
    }
}

TEST_CASE("client exceptions: an output whose move throws is replaced by the exception") {
    trial t;
    for (auto const kind : {trial::within_the_call, trial::later}) {
        CAPTURE(static_cast<int>(kind));
        t.answer = [] {
            move_fuse = {0, false};
            return good();
        };
        auto const outcome = t.run<heavy>(kind);
        CHECK(t.outcomes == 1);
        REQUIRE(outcome);
        REQUIRE(!*outcome);
        CHECK(outcome->error().message() == "exception thrown: blown");
        CHECK(outcome->error().sent() == delivery::answered);
        CHECK(outcome->metadata().attempts == 1);
    }
    move_fuse = {};
}

TEST_CASE("client exceptions: a handler that throws is called once, and nothing is sent again") {
    int sent = 0, calls = 0;
    auto const handler = [&](parley::outcome<order> const& o) {
        ++calls;
        CHECK(o);
        throw std::runtime_error("the handler's");
    };
    SUBCASE("the transport completes within its call: `send` throws") {
        parley::client client{config_with(), [&](parley::http_request const&, std::function<void(reply)> done) {
                                  ++sent;
                                  done(good());
                              }};
        CHECK_THROWS_WITH(client.send<order>({.what = "x"}, handler), "the handler's");
    }
    SUBCASE("the transport completes later: its completion throws") {
        std::vector<std::function<void(reply)>> waiting;
        parley::client client{config_with(), [&](parley::http_request const&, std::function<void(reply)> done) {
                                  ++sent;
                                  waiting.push_back(std::move(done));
                              }};
        client.send<order>({.what = "x"}, handler);
        REQUIRE(waiting.size() == 1);
        CHECK_THROWS_WITH(waiting[0](good()), "the handler's");
        CHECK_NOTHROW(waiting[0](good())); // twice
        CHECK_NOTHROW(waiting[0](busy()));
    }
    CHECK(sent == 1);
    CHECK(calls == 1);
}

TEST_CASE("client exceptions: a transport that completes and then throws has completed") {
    int sent = 0, calls = 0;
    parley::client client{config_with(), [&](parley::http_request const&, std::function<void(reply)> done) {
                              ++sent;
                              done(good());
                              throw std::runtime_error("blown");
                          }};
    client.send<order>({.what = "x"}, [&](parley::outcome<order> const& o) { calls += o.has_value(); });
    CHECK(sent == 1);
    CHECK(calls == 1);
}

TEST_CASE("client exceptions: a wait whose timer throws ends as a failure with that exception") {
    trial t;
    struct stack {
        reply operator()(parley::http_request const&) { return good(); }
        void sleep(duration) { throw std::runtime_error("blown"); }
    };
    parley::client client{config_with(), stack{}};
    auto const wait_longer = [](auto const&) { return parley::wait_state::retry; };
    auto const wait_result = client.wait_until<order>({.what = "x"}, wait_longer);
    CHECK(wait_result.ended == parley::wait_status::failure);
    CHECK(wait_result.calls == 1);
    CHECK(wait_result.last.error().message() == "exception thrown: blown");
    CHECK(wait_result.last.error().sent() == delivery::answered);

    struct awaitable_stack {
        support::task<reply> operator()(parley::http_request const&) { co_return good(); }
        support::task<int> sleep(duration) {
            throw not_an_exception();
            co_return 0;
        }
    };
    parley::client other{config_with(), awaitable_stack{}};
    auto const last = other.wait_until<order>({.what = "x"}, wait_longer).take();
    CHECK(last.ended == parley::wait_status::failure);
    CHECK(last.last.error().message() == "exception thrown: not a std::exception");

    auto const thrower = [](auto const&) -> parley::wait_state { throw std::runtime_error("the caller's"); };
    CHECK_THROWS_WITH(static_cast<void>(client.wait_until<order>({.what = "x"}, thrower)), "the caller's");
}

TEST_SUITE_END();
