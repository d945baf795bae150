// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/server/test_server.hpp>

#include <parley/client.hpp>

#include <support/garden.hpp>

#include <doctest/doctest.h>

#include <stdexcept>

TEST_SUITE_BEGIN("server");

using namespace garden;
using namespace std::chrono_literals;
using parley::connection_end;
using parley::transport_errc;

namespace {

using server = parley::test_server<garden_service>;

parley::client_config config_of(server& s, int attempts = 1) {
    parley::client_config config{.endpoint = "http://test"};
    config.retry.max_attempts = attempts;
    config.now = [&s] { return s.now(); };
    return config;
}

transport_errc condition_of(auto const& outcome) {
    auto const* const failure = outcome ? nullptr : outcome.error().template get_if<parley::transport_failure>();
    REQUIRE(failure);
    return failure->condition;
}

} // namespace

TEST_CASE("test_server: sends the scripted responses in order and records the calls") {
    server s;
    parley::client client{config_of(s), std::ref(s)};
    s.next<get_plant>(plant{"rose", 3});
    s.next<get_plant>(no_such_plant{"it died"});
    s.next<get_plant>([](get_plant::input const& in) { return plant{*in.name + "!", 1}; });
    s.next<get_plant>([](get_plant::input const&) -> plant { throw closed_today{"it rains", "3600"}; });
    s.next<get_plant>([](get_plant::input const&) -> plant { throw std::runtime_error("the password is rosebud"); });
    s.next<get_plant>(parley::http_response{418, {}, "teapot"});
    s.always<get_plant>(plant{"weed", 9});
    CHECK(s.left<get_plant>() == 6);
    auto const ask = [&](std::string name) { return client.send<get_plant>({.bed = "north", .name = std::move(name)}); };
    CHECK(ask("a")->name == "rose");
    CHECK(ask("b").error().is<no_such_plant>());
    CHECK(ask("c")->name == "c!");
    CHECK(ask("d").error().is<closed_today>());
    auto const failed = ask("e");
    CHECK(failed.metadata().status == 500);
    CHECK(failed.error().text().find("rosebud") == std::string::npos);
    CHECK(ask("f").metadata().status == 418);
    CHECK(ask("g")->name == "weed");
    CHECK(ask("h")->height == 9);
    CHECK(s.left<get_plant>() == 0);

    auto const calls = s.calls<get_plant>();
    REQUIRE(calls.size() == 8);
    CHECK(*calls[0].bed == "north");
    CHECK(*calls[7].name == "h");
    CHECK(s.calls<count_plants>().empty());
    auto const received = s.received();
    REQUIRE(received.size() == 8);
    CHECK(received[1].operation == "get_plant");
    CHECK(received[1].status == 404);
    CHECK(received[1].request.target == "/beds/north/b");
}

TEST_CASE("test_server: calls without a scripted response result in 501; invalid requests are only in received") {
    server s;
    parley::client client{config_of(s), std::ref(s)};
    auto const unsaid = client.send<count_plants>({.bed = "north"});
    CHECK(unsaid.metadata().status == 501);
    CHECK(s.calls<count_plants>().size() == 1);
    parley::http_request nonsense;
    nonsense.method = "GET";
    nonsense.target = "/nowhere";
    CHECK(s(nonsense)->status == 404);
    s.always<get_plant>(plant{"rose", 3});
    nonsense.target = "/beds/no%20rth/rose"; // violates the pattern of beds
    CHECK(s(nonsense)->status == 400);
    CHECK(s.calls<get_plant>().empty());
    CHECK(s.received().size() == 3);
    CHECK(s.received()[1].operation.empty());
}

TEST_CASE("test_server: a connection can end before or within a response") {
    server s;
    parley::client client{config_of(s), std::ref(s)};
    auto const ask = [&] { return client.send<count_plants>({.bed = "north"}); };
    s.next<count_plants>(connection_end::reset);
    CHECK(condition_of(ask()) == transport_errc::reset);
    s.next<count_plants>(connection_end::close);
    CHECK(condition_of(ask()) == transport_errc::reset);
    s.next<count_plants>(count_plants::output{4}, {.end = connection_end::close, .cut = 30});
    CHECK(condition_of(ask()) == transport_errc::reset);
    s.next<count_plants>(count_plants::output{4}, {.end = connection_end::close, .cut = 10'000});
    CHECK(ask()->count == 4); // the connection ends after the response
}

TEST_CASE("test_server: responses can be delayed on the simulated clock") {
    server s;
    auto config = config_of(s);
    config.attempt_timeout = 1s;
    parley::client client{config, std::ref(s)};
    auto const ask = [&] { return client.send<count_plants>({.bed = "north"}); };
    s.next<count_plants>(count_plants::output{4}, {.delay = 999ms});
    CHECK(ask()->count == 4);
    CHECK(s.now() == server::time_point(999ms));
    s.next<count_plants>(count_plants::output{4}, {.delay = 1min});
    CHECK(condition_of(ask()) == transport_errc::timed_out);
    CHECK(s.now() == server::time_point(1999ms));
    std::stop_source stop;
    stop.request_stop();
    CHECK(condition_of(client.send<count_plants>({.bed = "north"}, {.stop = stop.get_token()})) == transport_errc::cancelled);
}

TEST_CASE("test_server: retries are recorded") {
    server s;
    parley::client client{config_of(s, 3), std::ref(s)};
    s.next<count_plants>(connection_end::reset);
    s.next<count_plants>(parley::http_response{503, {}, {}});
    s.next<count_plants>(count_plants::output{4});
    auto const counted = client.send<count_plants>({.bed = "north"});
    REQUIRE(counted);
    CHECK(counted.metadata().attempts == 3);
    CHECK(s.calls<count_plants>().size() == 3);
}

TEST_CASE("test_server: the handler for a port returns scripted responses") {
    server s;
    s.next<count_plants>(count_plants::output{4}, {.delay = 5ms, .end = connection_end::reset, .cut = 7});
    parley::http_request request;
    request.method = "GET";
    request.target = "/beds/north/count";
    auto const reply = s.handler()(request);
    CHECK(reply.response.body == R"({"count":4})");
    CHECK(reply.delay == 5ms);
    CHECK(reply.end == connection_end::reset);
    CHECK(reply.cut == 7);
}

TEST_SUITE_END();
