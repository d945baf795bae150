// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Explores the wait machine (exchange/wait_machine.hpp).
#include <exploration/explorer.hpp>

#include <parley/exchange/wait_machine.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

using namespace std::chrono_literals;
using exploration::require;
using parley::wait_state;
using parley::wait_status;

namespace {

using time_point = parley::wait_machine::time_point;
using duration = std::chrono::steady_clock::duration;

constexpr auto start_time = time_point(1000s);
constexpr std::array<double, 3> randoms{0, 0.5, 0.999'999};

// A wait and its driver, which sends a call that takes a while, reports the state to the machine, and sleeps until the next call.
class wait_world {
public:
    enum class taking : std::uint8_t { no_time, one_ms, until_deadline, beyond_deadline };
    struct event {
        wait_state meaning = wait_state::retry;
        taking how_long = taking::no_time;
        std::size_t random = 0;
    };

    explicit wait_world(parley::wait_policy const& policy) : policy_(policy), machine_(policy, start_time) {}

    std::vector<event> events() const {
        std::vector<event> all;
        if (over_) return all;
        for (auto const how_long : {taking::no_time, taking::one_ms, taking::until_deadline, taking::beyond_deadline}) {
            all.push_back({wait_state::success, how_long, 0});
            all.push_back({wait_state::failure, how_long, 0});
            for (std::size_t i = 0; i < randoms.size(); ++i) all.push_back({wait_state::retry, how_long, i});
        }
        return all;
    }

    bool apply(event e) {
        auto const deadline = start_time + policy_.max_wait;
        switch (e.how_long) {
        case taking::no_time: break;
        case taking::one_ms: now_ += 1ms; break;
        case taking::until_deadline:
            if (now_ >= deadline) return false;
            now_ = deadline;
            break;
        case taking::beyond_deadline:
            if (now_ > deadline) return false;
            now_ = deadline + 1ms;
            break;
        }
        auto const next = machine_.handle(e.meaning, now_, randoms[e.random]);
        ++calls_;
        require(machine_.calls() == calls_, "each call is counted once");
        require(machine_.deadline() == deadline, "the deadline does not move");
        if (next) go_on(e, *next);
        else end(e);
        return true;
    }

    void sign(exploration::signature& s) const {
        s.add(over_);
        if (over_) return;
        s.add_time(start_time + policy_.max_wait - now_);
        s.add(bound().count());
        s.add(last_);
    }

    // The wait ends, however the calls end.
    void settle() {
        if (policy_.min_delay == 0ms) return; // the number of calls is not limited
        for (int i = 0; !over_; ++i) {
            require(i < policy_.max_wait / policy_.min_delay + 2, "a wait ends");
            apply({});
        }
    }

    static std::string name(event e) {
        constexpr std::array<char const*, 4> times{"at once", "after 1 ms", "at the deadline", "beyond the deadline"};
        auto const meaning = e.meaning == wait_state::success   ? "success"
                             : e.meaning == wait_state::failure ? "failure"
                                                                : "retry";
        return std::string(meaning) + ' ' + times[static_cast<std::size_t>(e.how_long)] + ", random "
               + std::to_string(randoms[e.random]);
    }

private:
    // https://smithy.io/2.0/additional-specs/waiters.html#waiter-retries: min_delay * 2 ** (attempt - 1), at most max_delay.
    std::chrono::milliseconds bound() const {
        auto most = policy_.min_delay;
        for (int i = 1; i < calls_ && most < policy_.max_delay; ++i) most = std::max(most * 2, 1ms);
        return std::max(std::min(most, policy_.max_delay), policy_.min_delay);
    }
    void go_on(event e, time_point next) {
        auto const deadline = start_time + policy_.max_wait;
        auto const delay = next - now_;
        require(e.meaning == wait_state::retry, "a success or a failure ends the wait");
        require(!last_, "no call follows the last one");
        require(delay >= duration::zero(), "the next call is not in the past");
        require(delay <= std::max<duration>(bound(), policy_.min_delay * 2), "a delay does not exceed its bound");
        require(next <= deadline, "the next call is not after the deadline");
        // "if remaining_time - delay <= min_delay, then delay = remaining_time - min_delay"
        last_ = deadline - next <= policy_.min_delay;
        require(!last_ || policy_.min_delay == 0ms || deadline - next == policy_.min_delay,
                "the last call is sent min_delay before the deadline");
        require(last_ || delay >= policy_.min_delay, "only the last delay is shorter than min_delay");
        require(policy_.min_delay == 0ms || delay > duration::zero(), "a wait takes time");
        now_ = next;
    }
    void end(event e) {
        over_ = true;
        auto const left = start_time + policy_.max_wait - now_;
        auto const expected = e.meaning == wait_state::success   ? wait_status::success
                              : e.meaning == wait_state::failure ? wait_status::failure
                                                                 : wait_status::timed_out;
        require(machine_.ended() == expected, "a wait ends with the state of its last call");
        if (e.meaning == wait_state::retry)
            require(left <= policy_.min_delay, "a wait with time left for another call continues");
    }

    parley::wait_policy policy_;
    parley::wait_machine machine_;
    time_point now_ = start_time;
    int calls_ = 0;
    bool last_ = false; // the next call is the last one
    bool over_ = false;
};

void explore(char const* name, parley::wait_policy const& policy, int usual, int longer) {
    auto const result =
        exploration::explore([&] { return std::make_unique<wait_world>(policy); }, exploration::depth_of(usual, longer));
    result.print(std::string("wait machine: ") + name);
    CHECK_MESSAGE(!result.found, (result.found ? result.found->text() : std::string()));
}

} // namespace

TEST_SUITE("exploration") {

    TEST_CASE("wait machine: every sequence of calls") {
        explore("2 to 10 ms within 60 ms", {.min_delay = 2ms, .max_delay = 10ms, .max_wait = 60ms}, 40, 40);
        explore("5 to 20 ms within 200 ms", {.min_delay = 5ms, .max_delay = 20ms, .max_wait = 200ms}, 12, 60);
        explore("the defaults", {}, 6, 8);
        explore("one delay", {.min_delay = 3ms, .max_delay = 3ms, .max_wait = 20ms}, 40, 40);
        explore("max_delay below min_delay", {.min_delay = 8ms, .max_delay = 2ms, .max_wait = 40ms}, 40, 40);
        explore("no min_delay", {.min_delay = 0ms, .max_delay = 4ms, .max_wait = 12ms}, 20, 30);
        explore("no time for a second call", {.min_delay = 10ms, .max_delay = 20ms, .max_wait = 10ms}, 40, 40);
        explore("no time", {.min_delay = 10ms, .max_delay = 20ms, .max_wait = 0ms}, 40, 40);
    }

} // TEST_SUITE
