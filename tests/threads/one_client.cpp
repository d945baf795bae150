// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Eight threads use one client concurrently, with retries, a rate limit, a corrected clock, refreshed credentials and
// cancellation.
// tests/run builds it with ThreadSanitizer; without it, the counts are still checked.

#include <parley/client.hpp>
#include <parley/credentials/cached_credentials.hpp>
#include <parley/credentials/sigv4_signer.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("threads");

using namespace std::chrono_literals;
using parley::transport_errc;
using weather::get_weather;

namespace {

using reply = parley::result<parley::http_response, parley::transport_error>;

constexpr int threads = 8;
constexpr int calls_each = 150;

// The fate of the n-th request: most succeed, the others fail in different ways.
reply fate_of(int n) {
    switch (n % 7) {
    case 0: return parley::http_response{503, {}, "{}"};
    case 1: return parley::http_response{429, {{"retry-after", "0"}}, "{}"};
    case 2: return parley::transport_error{transport_errc::reset, true, "lost"};
    case 3:
        return parley::http_response{
            403, {{"date", n % 2 ? "Wed, 15 Jan 2025 13:34:56 GMT" : "Wed, 15 Jan 2025 14:34:56 GMT"}}, "{}"};
    default: return parley::http_response{200, {}, R"({"celsius":21.5})"};
    }
}

parley::client_config config_of(parley::retry_mode mode) {
    parley::client_config config;
    config.endpoint = "https://api.example.com";
    config.retry.mode = mode;
    config.retry.base = config.retry.throttled_base = 1ms;
    config.retry.max_delay = 2ms;
    config.call_timeout = 2s;
    config.system_now = [] { return std::chrono::system_clock::time_point(1736944496s); };
    config.sign = [](parley::http_request& r, parley::signing_context const& c) {
        r.fields.set("x-time", std::to_string(c.time.time_since_epoch().count()));
    };
    return config;
}

struct tally {
    std::atomic<int> good{0}, cancelled{0}, failed{0};

    void count(parley::outcome<get_weather> const& o) {
        auto const* failure = o ? nullptr : o.error().get_if<parley::transport_failure>();
        if (o) ++good;
        else if (failure && failure->condition == transport_errc::cancelled) ++cancelled;
        else ++failed;
    }
    int all() const { return good + cancelled + failed; }
};

void check_state(parley::client_state const& state) {
    CHECK(state.tokens.available() >= 0);
    CHECK(state.tokens.available() <= state.tokens.capacity());
    CHECK(state.rate.read().waiting == 0);
    CHECK(state.clock.value() != 0ms);
}

template <class Client>
void use_from_all_threads(Client& client, tally& ends) {
    std::vector<std::jthread> users;
    for (int t = 0; t < threads; ++t) {
        users.emplace_back([&client, &ends, t] {
            for (int i = 0; i < calls_each; ++i) {
                // Another thread cancels every third call at varying times.
                std::stop_source stop;
                std::jthread canceller;
                if (i % 3 == 0) {
                    canceller = std::jthread([stop, delay = std::chrono::microseconds(37 * (i + t) % 900)]() mutable {
                        std::this_thread::sleep_for(delay);
                        stop.request_stop();
                    });
                }
                ends.count(client.template send<get_weather>({.city = std::to_string(t)}, {.stop = stop.get_token()}));
            }
        });
    }
}

} // namespace

TEST_CASE("threads: eight threads use one client with a blocking transport") {
    // Virtual time runs five thousand times as fast as real time.
    struct stack {
        std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
        std::atomic<int> requests{0};

        std::chrono::steady_clock::time_point now() const { return begin + (std::chrono::steady_clock::now() - begin) * 5000; }
        reply operator()(parley::http_request const& r) {
            if (r.stop.stop_requested()) return parley::transport_error{transport_errc::cancelled, false, {}};
            return fate_of(++requests);
        }
        void sleep(std::chrono::steady_clock::duration d, std::stop_token const& stop) const {
            parley::detail::sleep_in_thread(d / 5000, stop);
        }
    };
    for (auto const mode : {parley::retry_mode::standard, parley::retry_mode::adaptive}) {
        auto config = config_of(mode);
        stack fast;
        config.now = [&fast] { return fast.now(); };
        config.call_timeout = 60s;
        auto const system_now = [&fast] {
            return std::chrono::system_clock::time_point(1736944496s) + (fast.now() - fast.begin);
        };
        config.system_now = system_now;
        // They are valid for half a minute by a clock that is ahead of any server.
        auto const ahead = [system_now] { return system_now() + 5h; };
        std::atomic<int> renewals{0};
        parley::cached_credentials const credentials{
            [&renewals, ahead]() -> parley::credentials_result {
                return parley::aws_credentials{"AKIDEXAMPLE", "secret" + std::to_string(++renewals), "token", ahead() + 30s};
            },
            {.early = 10s, .pause = 0s},
            ahead};
        config.sign = parley::sigv4_signer(credentials, {.region = "us-east-1", .service = "weather"});
        parley::client client{config, std::ref(fast)};
        tally ends;
        use_from_all_threads(client, ends);
        CHECK(ends.all() == threads * calls_each);
        CHECK(ends.good > 0);
        CHECK(fast.requests >= ends.good);
        CHECK(renewals > 1);
        check_state(client.state());
        CHECK(client.state().rate.read().enabled == (mode == parley::retry_mode::adaptive));
    }
}

TEST_CASE("threads: eight threads use one client with a callback transport and hedging") {
    // Separate threads run requests and timers.
    struct stack {
        std::mutex mutex{};
        std::vector<std::jthread> workers{};
        std::atomic<int> requests{0};

        void start(std::function<void()> work) {
            std::lock_guard lock(mutex);
            workers.emplace_back(std::move(work));
        }
        void operator()(parley::http_request const& r, std::function<void(reply)> done) {
            int const n = ++requests;
            start([&r, n, done = std::move(done)] {
                if (n % 4 == 0) std::this_thread::sleep_for(2ms);
                done(r.stop.stop_requested() ? reply(parley::transport_error{transport_errc::cancelled, true, {}}) : fate_of(n));
                if (n % 11 == 0) done(fate_of(4)); // a second completion
            });
        }
        void sleep(std::chrono::steady_clock::duration d, std::function<void()> wake) {
            start([d, wake = std::move(wake)] {
                std::this_thread::sleep_for(d);
                wake();
            });
        }
        /// Returns when all work is done.
        void finish() {
            for (;;) {
                std::vector<std::jthread> ended;
                {
                    std::lock_guard lock(mutex);
                    ended.swap(workers);
                }
                if (ended.empty()) return;
            }
        }
    };
    auto config = config_of(parley::retry_mode::standard);
    config.retry.hedge_after = 1ms;
    config.retry.bucket = 100'000;
    stack many;
    parley::client client{config, std::ref(many)};
    tally ends;
    {
        std::vector<std::jthread> users;
        for (int t = 0; t < threads; ++t) {
            users.emplace_back([&client, &ends, t] {
                for (int i = 0; i < calls_each / 3; ++i) {
                    std::stop_source stop;
                    client.send<get_weather>({.city = std::to_string(t)}, [&ends](auto const& o) { ends.count(o); },
                                             {.stop = stop.get_token()});
                    if (i % 3 == 0) stop.request_stop();
                }
            });
        }
    }
    many.finish();
    CHECK(ends.all() == threads * (calls_each / 3));
    CHECK(ends.good > 0);
    check_state(client.state());
}

TEST_SUITE_END();
