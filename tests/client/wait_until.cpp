// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/client/client.hpp>

#include <parley/transport/loopback.hpp>

#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::wait_state;

namespace {

struct get_job {
    struct input {
        parley::required<std::string> id;
    };
    struct output {
        std::string status;
    };
    static constexpr auto http = parley::http("GET /job/{id}");
    struct done {
        using operation = get_job;
        static constexpr parley::wait_policy policy{.min_delay = 1s, .max_delay = 1s, .max_wait = 10s};
        using acceptors = parley::acceptors<parley::output_is<wait_state::success, "status", "DONE">,
                                            parley::output_is<wait_state::failure, "status", "FAILED">>;
    };
};
BOOST_DESCRIBE_STRUCT(get_job::input, (), (id))
BOOST_DESCRIBE_STRUCT(get_job::output, (), (status))

// Returns these responses in order, and the last one repeatedly.
auto answering(std::vector<std::string> states) {
    return parley::loopback([states, next = std::size_t{0}](parley::http_request const&) mutable {
        auto const& state = states[std::min(next++, states.size() - 1)];
        return parley::http_response{200, {}, "{\"status\":\"" + state + "\"}"};
    });
}
template <class Server>
parley::client_config config_of(Server& server) {
    parley::client_config config{.endpoint = "http://test"};
    config.now = [&server] { return server.now(); };
    config.random = [] { return 0.5; };
    return config;
}

} // namespace

TEST_CASE("wait_until: the call is repeated until the condition reports success, and progress is reported") {
    auto server = answering({"NEW", "RUNNING", "DONE"});
    parley::client client{config_of(server), std::ref(server)};
    std::string seen;
    auto const job = client.wait_until<get_job>({.id = "1"}, get_job::done{}, get_job::done::policy,
                                                [&seen](auto const& reply) { seen += reply->status + " "; });
    REQUIRE(job);
    CHECK(job.last->status == "DONE");
    CHECK(job.calls == 3);
    CHECK(seen == "NEW RUNNING DONE ");
    CHECK(server.sleeps() == std::vector<std::chrono::steady_clock::duration>{1s, 1s});
}

TEST_CASE("wait_until: a wait ends when the condition reports failure, or after the maximum wait") {
    auto failing = answering({"NEW", "FAILED"});
    parley::client first{config_of(failing), std::ref(failing)};
    auto const failed = first.wait_until<get_job::done>({.id = "1"});
    CHECK(!failed);
    CHECK(failed.ended == parley::wait_status::failure);
    CHECK(failed.last->status == "FAILED");

    auto slow = answering({"NEW"});
    parley::client second{config_of(slow), std::ref(slow)};
    auto const late = second.wait_until<get_job::done>({.id = "1"});
    CHECK(late.ended == parley::wait_status::timed_out);
    CHECK(slow.now() <= parley::wait_machine::time_point() + 10s);
    CHECK(late.calls == 10); // at 0 s, 1 s, ... 9 s
}

TEST_CASE("wait_until: a waiter of an operation brings its acceptors and delays; the caller sets the total time") {
    auto slow = answering({"NEW"});
    parley::client client{config_of(slow), std::ref(slow)};
    int told = 0;
    auto const late = client.wait_until<get_job::done>({.id = "1"}, 3s, [&told](auto const&) { ++told; });
    CHECK(late.ended == parley::wait_status::timed_out);
    CHECK(late.calls == 3); // at 0 s, 1 s, 2 s
    CHECK(told == 3);
}

TEST_CASE("wait_until: any callable can be the condition, and a token stops the wait") {
    auto server = answering({"NEW"});
    parley::client client{config_of(server), std::ref(server)};
    std::stop_source stop;
    int asked = 0;
    auto const ended = client.wait_until<get_job>(
        {.id = "1"},
        [&](parley::outcome<get_job> const& reply) {
            if (++asked == 2) stop.request_stop();
            return reply->status == "NEW" ? wait_state::retry : wait_state::success;
        },
        {.min_delay = 1s}, [](auto const&) {}, {.stop = stop.get_token()});
    CHECK(ended.ended == parley::wait_status::cancelled);
    CHECK(ended.calls == 2);
}

namespace {
struct coroutine_transport {
    int* asked;
    support::task<parley::http_response> operator()(parley::http_request const&) const {
        co_return parley::http_response{200, {}, ++*asked < 3 ? R"({"status":"NEW"})" : R"({"status":"DONE"})"};
    }
    support::task<bool> sleep(std::chrono::steady_clock::duration) const { co_return true; }
};
} // namespace

TEST_CASE("wait_until: with an awaitable transport, a wait is a coroutine") {
    int asked = 0;
    parley::client client{{.endpoint = "http://test"}, coroutine_transport{&asked}};
    auto wait = client.wait_until<get_job::done>({.id = "1"});
    REQUIRE(wait.done());
    CHECK(wait.take().calls == 3);
}

TEST_SUITE_END();
