// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Explores the call machine (exchange/call_machine.hpp). The model and its promises are in call_model.cpp.
#include <exploration/call_world.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace std::chrono_literals;
using exploration::call_case;
using parley::repeatability;
using parley::retry_policy;

namespace {

// Most cases reach all states with fewer events.
constexpr int all = 60;

void explore(call_case const& plan, int usual, int longer) {
    auto const result = exploration::explore_calls(plan, exploration::depth_of(usual, longer));
    result.print("call machine: " + plan.name);
    CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
    CHECK(result.states > 5);
}
void explore(call_case const& plan) { explore(plan, all, all); }

retry_policy hedged(retry_policy policy = {}) {
    policy.hedge_after = 10ms;
    return policy;
}
retry_policy adaptive(retry_policy policy = {}) {
    policy.mode = parley::retry_mode::adaptive;
    return policy;
}
retry_policy respectful(retry_policy policy = {}) {
    policy.respect_idempotency = true;
    return policy;
}
retry_policy waiting_for_tokens(retry_policy policy = {}) {
    policy.long_polling = true;
    return policy;
}
// Enough for one retry, or for a hedged attempt and no retry.
retry_policy poor(retry_policy policy = {}) {
    policy.bucket = 20;
    return policy;
}
retry_policy attempts(int most, retry_policy policy = {}) {
    policy.max_attempts = most;
    return policy;
}

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("call machine: retries") {
        explore({.name = "no deadline"});
        explore({.name = "no shared state, no delays", .random = 0, .shared_state = false, .signing = true});
        explore({.name = "no delays", .call_timeout = 200ms, .random = 0});
        explore({.name = "deadline", .call_timeout = 200ms});
        explore({.name = "deadline during the first wait", .call_timeout = 20ms, .hints = true});
        explore(
            {.name = "deadline, time-out of attempts, signing", .call_timeout = 40ms, .attempt_timeout = 15ms, .signing = true});
        explore({.name = "invalid input", .call_timeout = 200ms, .input = exploration::encoding::invalid_input, .twin = true});
        explore({.name = "an encoder that throws", .call_timeout = 200ms, .input = exploration::encoding::throws, .twin = true});
        explore({.name = "one attempt", .retry = attempts(1), .call_timeout = 200ms, .signing = true});
        explore({.name = "six attempts", .retry = attempts(6), .call_timeout = 10s}, 18, all);
        explore({.name = "few tokens", .retry = poor(), .call_timeout = 200ms});
        explore({.name = "few tokens, long polling", .retry = waiting_for_tokens(poor()), .call_timeout = 2s, .signing = true});
    }

    TEST_CASE("call machine: idempotency") {
        for (auto const repeat : {repeatability::unsafe, repeatability::idempotent, repeatability::readonly}) {
            std::string const name = repeat == repeatability::unsafe       ? "unsafe"
                                     : repeat == repeatability::idempotent ? "idempotent"
                                                                           : "readonly";
            explore({.name = name + ", respecting idempotency",
                     .repeat = repeat,
                     .retry = respectful(),
                     .call_timeout = 200ms,
                     .skewed_clock = true,
                     .hints = true});
            explore({.name = name + ", hedging", .repeat = repeat, .retry = hedged(attempts(2)), .call_timeout = 200ms});
        }
    }

    TEST_CASE("call machine: signing that fails or is slow, exceptions") {
        explore({.name = "slow signing", .call_timeout = 200ms, .attempt_timeout = 50ms, .signing = true, .slow_signing = true});
        explore({.name = "exceptions", .call_timeout = 200ms, .throwing = true});
        explore({.name = "exceptions, few tokens, long polling",
                 .retry = waiting_for_tokens(poor()),
                 .call_timeout = 2s,
                 .throwing = true});
        explore({.name = "exceptions, hedging", .retry = hedged(attempts(2)), .call_timeout = 200ms, .throwing = true});
        explore({.name = "exceptions, adaptive", .retry = adaptive(attempts(2)), .call_timeout = 5s, .throwing = true}, 14, 18);
    }

    TEST_CASE("call machine: hedging") {
        explore({.name = "hedging", .retry = hedged(), .call_timeout = 200ms}, 16, all);
        explore({.name = "hedging, two attempts, slow signing",
                 .retry = hedged(attempts(2)),
                 .call_timeout = 200ms,
                 .signing = true,
                 .slow_signing = true});
        explore({.name = "hedging, time-out of attempts, signing",
                 .retry = hedged(),
                 .call_timeout = 200ms,
                 .attempt_timeout = 100ms,
                 .signing = true},
                12, all);
        explore({.name = "hedging, deadline before the hedged attempt", .retry = hedged(), .call_timeout = 8ms});
        explore({.name = "hedging, deadline at the hedged attempt", .retry = hedged(), .call_timeout = 10ms});
        explore({.name = "hedging, few tokens", .retry = hedged(poor()), .call_timeout = 200ms});
    }

    TEST_CASE("call machine: adaptive mode") {
        explore({.name = "adaptive", .retry = adaptive(), .call_timeout = 5s}, 14, 18);
        explore({.name = "adaptive, deadline during the wait for the rate", .retry = adaptive(), .call_timeout = 500ms}, 14, 18);
        explore({.name = "adaptive, few tokens, long polling", .retry = adaptive(waiting_for_tokens(poor())), .call_timeout = 5s},
                13, 17);
        explore(
            {.name = "adaptive, slow signing", .retry = adaptive(), .call_timeout = 5s, .signing = true, .slow_signing = true},
            13, 17);
        explore({.name = "adaptive, hedging", .retry = hedged(adaptive()), .call_timeout = 5s}, 11, 13);
    }

    TEST_CASE("call machine: without interceptors") {
        explore({.name = "with a twin, retries", .call_timeout = 200ms, .hints = true, .twin = true});
        explore({.name = "with a twin, hedging", .retry = hedged(), .call_timeout = 200ms, .twin = true}, 12, all);
        explore({.name = "with a twin, adaptive, hedging", .retry = hedged(adaptive(poor())), .call_timeout = 5s, .twin = true},
                10, 13);
        explore({.name = "with a twin, long polling",
                 .retry = adaptive(waiting_for_tokens(poor())),
                 .call_timeout = 5s,
                 .twin = true},
                13, 16);
    }

    TEST_CASE("call machine: two calls that share the state of a client") {
        for (auto const& plan : std::vector<call_case>{{.name = "few tokens", .retry = poor(), .call_timeout = 200ms},
                                                       {.name = "hedging, few tokens", .retry = hedged(poor()), .signing = true},
                                                       {.name = "adaptive", .retry = adaptive(), .call_timeout = 5s}}) {
            auto const result = exploration::explore_two_calls(plan, exploration::depth_of(7, 9));
            result.print("two calls: " + plan.name);
            CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
        }
    }

    // Without merging, each sequence is executed. If the fingerprint of a state left something out, states would be missing with merging.
    TEST_CASE("call machine: merging equal states hides no state") {
        std::vector<call_case> const cases{
            {.name = "retries",
             .call_timeout = 200ms,
             .attempt_timeout = 50ms,
             .signing = true,
             .slow_signing = true,
             .throwing = true},
            {.name = "hedging", .retry = hedged(poor()), .call_timeout = 200ms, .throwing = true, .skewed_clock = true},
            {.name = "adaptive", .retry = adaptive(waiting_for_tokens(poor())), .call_timeout = 5s, .hints = true}};
        for (auto const& plan : cases) {
            int const depth = exploration::depth_of(5, 6);
            auto const merged = exploration::explore_calls(plan, depth, true);
            auto const each = exploration::explore_calls(plan, depth, false);
            each.print("call machine, unmerged: " + plan.name);
            CHECK(!merged.found);
            CHECK(!each.found);
            CHECK(merged.seen == each.seen);
            CHECK(merged.sequences == static_cast<long double>(each.sequences));
        }
    }

} // TEST_SUITE
