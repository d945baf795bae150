// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Each request has exactly one response, whichever allocation fails and whichever function of the user throws.
#include <parley/server/router.hpp>
#include <parley/server/test_server.hpp>

#include <support/allocations.hpp>
#include <support/garden.hpp>
#include <support/task.hpp>

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("server");

using namespace garden;

namespace {

struct asked {
    char const* what;
    parley::http_request request;
    int status; // of the response if no allocation fails
};

parley::http_request asking(std::string method, std::string target, std::string body = {}) {
    parley::http_request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.host = "garden.example.com";
    if (!body.empty()) request.fields.add("content-type", "application/json");
    request.body = std::move(body);
    return request;
}

std::vector<asked> const requests{
    {"an output", asking("GET", "/beds/north/a%2Dlong%2Drose"), 200},
    {"an output without a body", asking("PUT", "/beds/north", R"({"plants":[{"name":"rose","height":3},{"name":"tulip"}]})"),
     204},
    {"a decoding error", asking("PUT", "/beds/north", R"({"plants":[null,{"name":7}],"days":"x"})"), 400},
    {"a violated constraint", asking("PUT", "/beds/north", R"({"plants":[{"name":"","height":101},{}]})"), 400},
    {"a declared error", asking("GET", "/beds/north/weed"), 404},
    {"a declared error that is thrown", asking("GET", "/beds/north/thrown"), 404},
    {"a std::exception", asking("GET", "/beds/north/broken"), 500},
    {"an exception of another type", asking("GET", "/beds/north/odd"), 500},
    {"an output that cannot be encoded", asking("GET", "/beds/north/unreadable"), 500},
    {"a reply that is dropped", asking("GET", "/beds/north/dropped"), 500},
    {"no such operation", asking("GET", "/nowhere/that/is/known"), 404},
    {"another method", asking("DELETE", "/beds/north"), 405},
    {"no handler", asking("GET", "/beds/north/count"), 501},
};

parley::handler_result<get_plant> find_plant(get_plant::input const& in) {
    if (*in.name == "weed") return no_such_plant{"there are no weeds in this garden"};
    if (*in.name == "thrown") throw no_such_plant{"there is nothing of that name here"};
    if (*in.name == "broken" || *in.name == "dropped") throw std::runtime_error("a text that is longer than a short string");
    if (*in.name == "odd") throw 7;
    if (*in.name == "unreadable") return plant{"\xff", {}};
    return plant{*in.name, 3};
}

parley::router_config config() {
    return {.request_id = [] { return std::string("an-id-that-is-longer-than-a-short-string"); },
            .observe = [](parley::served_call const& call) { std::string(call.text) += " is longer than a short string"; }};
}

// The result of a request. Recording it does not allocate.
struct ending {
    int answers = 0;
    int status = 0;
    bool threw = false;

    void answer(parley::http_response const& response) noexcept {
        ++answers;
        status = response.status;
    }
};

// Repeats the request, each time with another failing allocation, alone or with all later ones, until none fails. Returns the number of
// allocations.
template <class Ask>
std::size_t sweep(asked const& asked, std::size_t may_throw, Ask ask) {
    std::size_t points = 0;
    for (bool const all_after : {false, true}) {
        for (std::size_t n = 1;; ++n) {
            ending end;
            {
                allocations::failing const fail(n, all_after);
                try {
                    ask(asked.request, end);
                } catch (...) { end.threw = true; }
            }
            auto const where =
                std::string(asked.what) + ", allocation " + std::to_string(n) + (all_after ? " and all after it" : "");
            REQUIRE_MESSAGE(end.threw == (n <= may_throw && allocations::failed), where);
            REQUIRE_MESSAGE(end.answers == (end.threw ? 0 : 1), where);
            bool const expected = end.threw || end.status == asked.status || (allocations::failed && end.status == 500);
            REQUIRE_MESSAGE(expected, where << ": " << end.status);
            if (!allocations::failed) {
                CHECK_MESSAGE(end.status == asked.status, where);
                break;
            }
            ++points;
            REQUIRE(n < 10'000);
        }
    }
    return points;
}

} // namespace

TEST_CASE("router: a blocking router returns one response, whichever allocation fails") {
    parley::router<garden_service> const router{config(), parley::handle<get_plant>(&find_plant),
                                                parley::handle<set_plants>([](set_plants::input) {}),
                                                parley::otherwise_not_implemented()};
    std::size_t points = 0;
    for (auto const& each : requests)
        points += sweep(each, 0, [&](parley::http_request const& request, ending& end) { end.answer(router(request)); });
    MESSAGE(points, " points of failure");
    CHECK(points > 100);
}

TEST_CASE("router: a callback router sends one response, whichever allocation fails") {
    parley::router<garden_service, void> const router{
        config(), parley::handle<get_plant>([](get_plant::input const& in, parley::responder<get_plant> reply) {
            if (*in.name == "dropped") return;
            reply(find_plant(in));
        }),
        parley::handle<set_plants>([](set_plants::input) {}), parley::otherwise_not_implemented()};
    std::size_t points = 0;
    for (auto const& each : requests) {
        points += sweep(each, 0, [&](parley::http_request const& request, ending& end) {
            std::array<char, 100> const large{}; // too large for the buffer of a std::function
            router(request, [&end, large](parley::http_response response) {
                static_cast<void>(large);
                end.answer(response);
            });
        });
        // Not called again after the first call.
        points += sweep(each, 0, [&](parley::http_request const& request, ending& end) {
            router(request, [&end](parley::http_response response) {
                end.answer(response);
                throw 7;
            });
        });
    }
    MESSAGE(points, " points of failure");
    CHECK(points > 200);
}

TEST_CASE("router: a coroutine router returns one response, whichever allocation fails") {
    parley::router<garden_service, support::task<parley::http_response>> const router{
        config(), parley::handle<get_plant>([](get_plant::input const& in) -> support::task<parley::handler_result<get_plant>> {
            co_return find_plant(in);
        }),
        parley::handle<set_plants>([](set_plants::input) -> support::task<parley::unit> { co_return parley::unit(); }),
        parley::otherwise_not_implemented()};
    std::size_t points = 0;
    for (auto const& each : requests) {
        // The first allocation is that of the coroutine. If it fails, there is no awaitable to return.
        points += sweep(each, 1, [&](parley::http_request const& request, ending& end) { end.answer(router(request).take()); });
    }
    MESSAGE(points, " points of failure");
    CHECK(points > 100);
}

TEST_CASE("router: a test server returns one response, whichever allocation fails") {
    parley::test_server<garden_service> server(config());
    server.always<get_plant>(&find_plant);
    server.always<set_plants>([](set_plants::input const&) { return parley::unit(); });
    std::size_t points = 0;
    for (auto const& each : requests) {
        if (each.status == 501) continue;
        points += sweep(
            each, 0, [&](parley::http_request const& request, ending& end) { end.answer(server.handler()(request).response); });
    }
    MESSAGE(points, " points of failure");
    CHECK(points > 100);
}

TEST_CASE("router: exceptions of request_id and observe do not affect the response") {
    int observed = 0;
    parley::router_config const broken{
        .request_id = []() -> std::string { throw 7; },
        .observe = [&](parley::served_call const&) { ++observed, throw std::runtime_error("full"); }};
    auto const count = [](count_plants::input const&) { return count_plants::output{4}; };
    auto const request = asking("GET", "/beds/north/count");

    parley::router<parley::operations<count_plants>> const blocking{broken, parley::handle<count_plants>(count)};
    auto const response = blocking(request);
    CHECK(response.status == 200);
    CHECK(response.body == R"({"count":4})");
    CHECK(!response.fields.contains("x-amzn-requestid"));

    std::vector<int> answers;
    auto const done = [&](parley::http_response const& r) { answers.push_back(r.status); };
    parley::router<parley::operations<count_plants>, void> const callbacks{
        broken, parley::handle<count_plants>(
                    [](count_plants::input const&, parley::responder<count_plants> reply) { reply(count_plants::output{4}); })};
    callbacks(request, done);
    CHECK(answers == std::vector{200});
    parley::router<parley::operations<count_plants>, void> const forgetful{
        broken, parley::handle<count_plants>([](count_plants::input const&, parley::responder<count_plants>) {})};
    forgetful(request, done);
    CHECK(answers == std::vector{200, 500});
    callbacks(asking("GET", "/"), done);
    CHECK(answers == std::vector{200, 500, 404});

    parley::router<parley::operations<count_plants>, support::task<parley::http_response>> const coroutines{
        broken, parley::handle<count_plants>(count)};
    CHECK(coroutines(request).take().status == 200);
    CHECK(observed == 5);
}

TEST_CASE("router: an exception of the completion function is ignored, and the function is not called again") {
    std::optional<parley::responder<count_plants>> kept;
    parley::router<parley::operations<count_plants, get_plant>, void> const router{
        parley::handle<count_plants>([&](count_plants::input const& in, parley::responder<count_plants> reply) {
            if (*in.bed == "later") kept.emplace(reply);
            else if (*in.bed != "never") reply(count_plants::output{1});
        }),
        parley::handle<get_plant>([](get_plant::input const& in) {
            return plant{*in.name, {}};
        })};
    int calls = 0;
    auto const done = [&](parley::http_response const&) { ++calls, throw 7; };
    int expected = 0;
    for (auto const* target : {"/beds/now/count", "/beds/never/count", "/beds/now/rose", "/beds/NOT/rose", "/"}) {
        CHECK_NOTHROW(router(asking("GET", target), done));
        CHECK_MESSAGE(calls == ++expected, target);
    }
    auto const later = asking("GET", "/beds/later/count");
    router(later, done);
    CHECK(calls == expected);
    std::thread([reply = *std::exchange(kept, std::nullopt)] {
        reply(count_plants::output{2});
        reply(count_plants::output{3});
    }).join();
    CHECK(calls == expected + 1);
}

namespace {

// A request whose header lookup throws.
struct broken_request {
    std::string method = "GET", target = "/beds/north/count", body;
};

} // namespace

template <>
struct parley::request_traits<broken_request> : parley::detail::message_traits<broken_request> {
    static std::string_view method(broken_request const& r) { return r.method; }
    static std::string_view target(broken_request const& r) { return r.target; }
    static std::optional<std::string_view> header(broken_request const&, std::string_view) { throw 7; }
};

TEST_CASE("router: an exception of the request type results in status 500") {
    auto const count = [](count_plants::input const&) { return count_plants::output{4}; };
    std::string text;
    parley::router_config const config{.observe = [&](parley::served_call const& call) { text = call.text; }};
    parley::router<parley::operations<count_plants>> const blocking{config, parley::handle<count_plants>(count)};
    CHECK(blocking(broken_request()).status == 500);
    CHECK(text == "the request cannot be read: an exception that is not a std::exception was thrown");
    parley::router<parley::operations<count_plants>, void> const callbacks{parley::handle<count_plants>(count)};
    int status = 0;
    callbacks(broken_request(), [&](parley::http_response const& r) { status = r.status; });
    CHECK(status == 500);
    parley::router<parley::operations<count_plants>, support::task<parley::http_response>> const coroutines{
        parley::handle<count_plants>(count)};
    CHECK(coroutines(broken_request()).take().status == 500);
}

TEST_SUITE_END();
