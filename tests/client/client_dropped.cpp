// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Calls that are dropped before their end: coroutines that are destroyed while they are suspended.
#include <parley/client/client.hpp>

#include <support/task.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <coroutine>
#include <memory>
#include <optional>

using weather::get_weather;

namespace {

// Answers at once, and never wakes who sleeps.
struct sleepless {
    int status;

    support::task<parley::http_response> operator()(parley::http_request const&) const {
        co_return parley::http_response{status, {}, {}};
    }
    support::task<bool> sleep(std::chrono::steady_clock::duration) const {
        co_await std::suspend_always();
        co_return true;
    }
};

} // namespace

TEST_CASE("a call that is dropped while it waits gives back the tokens of its retry, after its client too") {
    auto const state = std::make_shared<parley::client_state>(parley::retry_policy{}, std::chrono::steady_clock::now());
    parley::client_config config{.endpoint = "https://api.example.com"};
    config.state = state;
    for (bool const client_first : {false, true}) {
        std::optional<parley::client<sleepless>> client(std::in_place, config, sleepless{503});
        std::optional call(client->send<get_weather>({.city = "Ghent"}));
        REQUIRE(!call->done());
        CHECK(state->tokens.available() == state->tokens.capacity() - parley::retry_policy{}.cost);
        if (client_first) client.reset();
        call.reset();
        CHECK(state->tokens.available() == state->tokens.capacity());
    }
}

// Nobody else has the state: it goes with the last that holds the client's parts, which may be the call.
TEST_CASE("a call may be dropped after its client, which had the state to itself") {
    std::optional<parley::client<sleepless>> client(std::in_place, parley::client_config{.endpoint = "https://api.example.com"},
                                                    sleepless{503});
    std::optional call(client->send<get_weather>({.city = "Ghent"}));
    REQUIRE(!call->done());
    client.reset();
    call.reset();
}
