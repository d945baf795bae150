// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Simulates the effect of retries on a server that is overloaded for a minute and on its clients, in virtual time.
//
//   fleet MODE    none, standard or adaptive; prints a line per second: second, calls, attempts, good
//
// Each of two thousand clients makes one call per second, at random times. The server processes three thousand requests per second, in
// order, and queues up to six thousand; it rejects others with SlowDown. For one minute it has a third of its capacity. Clients abandon
// an attempt after a second; the server still processes it.

#include <parley/exchange/exchange.hpp>

#include <boost/describe/class.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <queue>
#include <random>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

namespace {

using time_point = std::chrono::steady_clock::time_point;
using duration = std::chrono::steady_clock::duration;

struct question {
    struct input {};
    struct output {
        int answer = 0;
    };
    static constexpr auto http = parley::http("GET /answer");
};
BOOST_DESCRIBE_STRUCT(question::input, (), ())
BOOST_DESCRIBE_STRUCT(question::output, (), (answer))

constexpr int clients = 2000;
constexpr double calls_per_second = 1; // per client
constexpr int seconds = 240;
constexpr auto overloaded_from = 60s, overloaded_until = 120s;
constexpr auto attempt_timeout = 1000ms, call_timeout = 10'000ms;
constexpr auto way = 5ms; // network latency in one direction
constexpr std::size_t queue_limit = 6000;

double capacity_at(duration since_start) {
    return since_start >= overloaded_from && since_start < overloaded_until ? 1000 : 3000;
}

/// A random number generator with the same results on every platform.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    double fraction() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
    /// Returns the time to the next event of a Poisson process with this rate.
    duration until_next(double per_second) {
        return std::chrono::duration_cast<duration>(std::chrono::duration<double>(-std::log(1 - fraction()) / per_second));
    }

private:
    std::mt19937_64 engine_;
};

/// The queue of future events.
class agenda {
public:
    time_point now() const { return now_; }
    void at(time_point when, std::function<void()> action) { events_.push({when, ++count_, std::move(action)}); }
    void after(duration d, std::function<void()> action) { at(now_ + d, std::move(action)); }
    void run(time_point until) {
        while (!events_.empty() && events_.top().when < until) {
            auto const next = events_.top();
            events_.pop();
            now_ = next.when;
            next.action();
        }
    }

private:
    struct event {
        time_point when;
        std::uint64_t number; // events at the same time run in the order of scheduling
        std::function<void()> action;
        bool operator<(event const& other) const { return when != other.when ? when > other.when : number > other.number; }
    };
    std::priority_queue<event> events_;
    std::uint64_t count_ = 0;
    time_point now_{};
};

class server {
public:
    using answer = std::function<void(parley::http_response const&)>;
    explicit server(agenda& events) : events_(events) {}

    void take(answer done) {
        static parley::http_response const slow_down{503, {{"x-amzn-errortype", "SlowDown"}}, "{}"};
        if (waiting_.size() >= queue_limit) return done(slow_down);
        waiting_.push_back(std::move(done));
        if (waiting_.size() == 1) work();
    }

private:
    void work() {
        auto const each = std::chrono::duration<double>(1 / capacity_at(events_.now().time_since_epoch()));
        events_.after(std::chrono::duration_cast<duration>(each), [this] {
            static parley::http_response const good{200, {}, R"({"answer":42})"};
            auto const done = std::move(waiting_.front());
            waiting_.pop_front();
            if (!waiting_.empty()) work();
            done(good);
        });
    }

    agenda& events_;
    std::deque<answer> waiting_;
};

struct counts {
    int calls = 0, attempts = 0, good = 0;
};

class fleet {
public:
    explicit fleet(std::string_view mode) : server_(events_) {
        parley::retry_policy policy;
        if (mode == "adaptive") policy.mode = parley::retry_mode::adaptive;
        for (int i = 0; i < clients; ++i) {
            auto& c = members_.emplace_back(std::make_unique<member>(static_cast<std::uint64_t>(i)));
            if (mode != "none") c->state.emplace(policy, events_.now());
            c->settings.endpoint = *parley::parse_endpoint("https://api.example.com");
            c->settings.retry = policy;
            c->settings.attempt_timeout = attempt_timeout;
            c->settings.call_timeout = call_timeout;
            c->settings.state = c->state ? &*c->state : nullptr;
            c->settings.random = [c = c.get()] { return c->numbers.fraction(); };
            schedule_call(*c);
        }
    }

    std::vector<counts> run() {
        events_.run(time_point(std::chrono::seconds(seconds)));
        return std::move(seconds_);
    }

private:
    struct member {
        explicit member(std::uint64_t seed) : numbers(seed) {}
        dice numbers;
        std::optional<parley::client_state> state;
        parley::call_settings settings;
    };
    struct call {
        explicit call(member const& c, time_point now) : exchange(c.settings, question::input{}, now) {}
        parley::exchange<question> exchange;
        bool ended = false;
    };

    counts& this_second() {
        return seconds_[static_cast<std::size_t>(
            std::chrono::floor<std::chrono::seconds>(events_.now().time_since_epoch()).count())];
    }

    void schedule_call(member& c) {
        events_.after(c.numbers.until_next(calls_per_second), [this, &c] {
            ++this_second().calls;
            proceed(std::make_shared<call>(c, events_.now()));
            schedule_call(c);
        });
    }

    void proceed(std::shared_ptr<call> const& one) {
        if (one->ended) return;
        auto& exchange = one->exchange;
        switch (exchange.poll(events_.now())) {
        case parley::call_step::send: send(one); break;
        case parley::call_step::wait: events_.at(exchange.wake_at(), [this, one] { proceed(one); }); break;
        case parley::call_step::receive: break;
        case parley::call_step::again: proceed(one); break;
        case parley::call_step::done:
            one->ended = true;
            this_second().good += exchange.take() ? 1 : 0;
            break;
        }
    }

    void send(std::shared_ptr<call> const& one) {
        ++this_second().attempts;
        int const attempt = one->exchange.attempt();
        events_.at(*one->exchange.request().deadline, [this, one, attempt] {
            if (one->exchange.attempt() != attempt) return;
            one->exchange.handle_transport_error({parley::transport_errc::timed_out, true, {}}, events_.now(), attempt);
            proceed(one);
        });
        events_.after(way, [this, one, attempt] {
            server_.take([this, one, attempt](parley::http_response const& response) {
                events_.after(way, [this, one, attempt, response] {
                    if (one->exchange.attempt() != attempt) return;
                    one->exchange.handle_response(response, events_.now(), attempt);
                    proceed(one);
                });
            });
        });
    }

    agenda events_;
    server server_;
    std::vector<std::unique_ptr<member>> members_;
    std::vector<counts> seconds_{static_cast<std::size_t>(seconds)};
};

} // namespace

int main(int argc, char** argv) {
    std::string_view const mode = argc == 2 ? argv[1] : "";
    if (mode != "none" && mode != "standard" && mode != "adaptive") {
        std::fprintf(stderr, "usage: %s none|standard|adaptive\n", argv[0]);
        return 2;
    }
    std::puts("second,calls,attempts,good");
    int second = 0;
    for (auto const& c : fleet(mode).run()) std::printf("%d,%d,%d,%d\n", second++, c.calls, c.attempts, c.good);
}
