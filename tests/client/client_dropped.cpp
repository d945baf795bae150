// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Calls that are destroyed before their end: suspended coroutines.
#include <parley/client/client.hpp>

#include <support/task.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <coroutine>
#include <memory>
#include <optional>

TEST_SUITE_BEGIN("client");

using weather::get_weather;

namespace {

// Completes at once, and never resumes a wait.
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

TEST_CASE("client dropped: a call that is destroyed while it waits returns the tokens of its retry, also after its client") {
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

// Only the client and its calls own the state, so the call may be the last owner.
TEST_CASE("client dropped: a call may be destroyed after its client, which had the state to itself") {
    std::optional<parley::client<sleepless>> client(std::in_place, parley::client_config{.endpoint = "https://api.example.com"},
                                                    sleepless{503});
    std::optional call(client->send<get_weather>({.city = "Ghent"}));
    REQUIRE(!call->done());
    client.reset();
    call.reset();
}

TEST_SUITE_END();
