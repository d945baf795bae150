// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/credentials/cached_credentials.hpp>

#include <doctest/doctest.h>
#include <support/scripted_environment.hpp>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using parley::credentials_errc;
using time_point = std::chrono::system_clock::time_point;

namespace {

// Gives the credentials "1", "2", ... of an hour each, until it is told to fail.
struct source {
    std::atomic<time_point> now{time_point(1'000'000s)};
    std::atomic<int> calls{0};
    std::optional<credentials_errc> failure;
    std::optional<std::chrono::seconds> lifetime = 3600s;

    parley::any_credentials_provider provider() {
        return [this]() -> parley::credentials_result {
            auto const number = ++calls;
            if (failure) return parley::credentials_error{*failure, "source", {}, {}};
            parley::aws_credentials c{.access_key_id = std::to_string(number), .secret_access_key = "s"};
            if (lifetime) c.expiration = now.load() + *lifetime;
            return c;
        };
    }
    std::function<time_point()> clock() {
        return [this] { return now.load(); };
    }
    void pass(std::chrono::seconds time) { now = now.load() + time; }
};

std::string text(parley::credentials_result const& given) { return given ? given->access_key_id : given.error().message(); }

// Lets a thread wait until the test says so.
class gate {
public:
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

} // namespace

TEST_CASE("nobody is asked before the first call, and once until shortly before the expiration") {
    source s;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(s.calls == 0);
    CHECK(text(cache()) == "1");
    s.pass(3600s - 301s);
    CHECK(text(cache()) == "1");
    s.pass(1s);
    CHECK(text(cache()) == "2");
    CHECK(s.calls == 2);
}

TEST_CASE("credentials that do not expire are fetched once") {
    source s;
    s.lifetime.reset();
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(text(cache()) == "1");
    s.pass(1'000'000s);
    CHECK(text(cache()) == "1");
}

TEST_CASE("a failure is no error while the old ones are valid") {
    source s;
    parley::cached_credentials const cache(s.provider(), {.early = 300s, .pause = 60s}, s.clock());
    CHECK(text(cache()) == "1");
    s.failure = credentials_errc::unavailable;
    s.pass(3600s - 300s);
    CHECK(text(cache()) == "1");
    CHECK(s.calls == 2);
    // Not every call asks again.
    s.pass(59s);
    CHECK(text(cache()) == "1");
    CHECK(s.calls == 2);
    s.pass(1s);
    CHECK(text(cache()) == "1");
    CHECK(s.calls == 3);
    s.pass(240s - 1s);
    CHECK(text(cache()) == "1");
    s.pass(1s);
    CHECK(text(cache()) == "source: unavailable");
    s.failure.reset();
    s.pass(60s);
    CHECK(text(cache()) == "5");
}

TEST_CASE("a failure without old ones is the outcome, remembered for the pause") {
    source s;
    s.failure = credentials_errc::refused;
    parley::cached_credentials const cache(s.provider(), {.pause = 5s}, s.clock());
    CHECK(text(cache()) == "source: refused");
    s.failure.reset();
    s.pass(4s);
    CHECK(text(cache()) == "source: refused");
    CHECK(s.calls == 1);
    s.pass(1s);
    CHECK(text(cache()) == "2");
}

TEST_CASE("short-lived credentials do not make each call a refresh") {
    source s;
    s.lifetime = 60s;
    parley::cached_credentials const cache(s.provider(), {.early = 300s, .pause = 5s}, s.clock());
    for (int i = 0; i < 4; ++i) CHECK(text(cache()) == "1");
    s.pass(5s);
    CHECK(text(cache()) == "2");
    s.lifetime = 0s;
    s.pass(60s);
    CHECK(text(cache()) == "cache: expired");
}

TEST_CASE("a clock that is set back makes no pause longer") {
    source s;
    s.failure = credentials_errc::unavailable;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(!cache());
    s.failure.reset();
    s.pass(-10'000s);
    CHECK(text(cache()) == "2");
}

TEST_CASE("what is held is told without asking anybody") {
    source s;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(text(cache.held()) == "cache: unavailable: they were not fetched yet");
    CHECK(s.calls == 0);
    CHECK(text(cache.refresh()) == "1");
    CHECK(text(cache.held()) == "1");
    CHECK(text(cache.refresh()) == "2");
    s.pass(3600s);
    CHECK(text(cache.held()) == "cache: expired");
    s.failure = credentials_errc::refused;
    CHECK(text(cache.refresh()) == "source: refused");
    CHECK(text(cache.held()) == "source: refused");
}

TEST_CASE("copies share what they keep") {
    source s;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    auto const copy = cache;
    static_assert(parley::credentials_provider<parley::cached_credentials>);
    CHECK(text(cache()) == "1");
    CHECK(text(copy()) == "1");
}

TEST_CASE("a provider that throws, and none at all") {
    int calls = 0;
    parley::cached_credentials const cache([&]() -> parley::credentials_result {
        if (++calls == 1) throw std::runtime_error("thrown");
        throw 1;
    });
    CHECK(text(cache.refresh()) == "cache: unavailable: thrown");
    CHECK(text(cache.refresh()) == "cache: unavailable: not a std::exception");
    CHECK(text(parley::cached_credentials(nullptr)()) == "cache: unavailable: there is no provider");
}

TEST_CASE("threads that have no credentials wait for one refresh and share its outcome") {
    for (bool const succeeds : {true, false}) {
        source s;
        if (!succeeds) s.failure = credentials_errc::refused;
        gate begin;
        auto const inner = s.provider();
        parley::cached_credentials const cache(
            [&] {
                begin.pass();
                return inner();
            },
            {}, s.clock());
        std::vector<std::string> outcomes(8);
        std::latch started(8);
        std::vector<std::jthread> threads;
        for (auto& outcome : outcomes) {
            threads.emplace_back([&] {
                started.count_down();
                outcome = text(cache());
            });
        }
        started.wait();
        begin.open();
        threads.clear();
        CHECK(s.calls == 1);
        for (auto const& outcome : outcomes) CHECK(outcome == (succeeds ? "1" : "source: refused"));
    }
}

TEST_CASE("while one thread renews, the others go on with what is valid") {
    source s;
    gate begin, in_refresh;
    auto const inner = s.provider();
    parley::cached_credentials const cache(
        [&] {
            if (s.calls > 0) {
                in_refresh.open();
                begin.pass();
            }
            return inner();
        },
        {}, s.clock());
    CHECK(text(cache()) == "1");
    s.pass(3600s - 10s);
    std::string renewed;
    std::jthread renewing([&] { renewed = text(cache()); });
    in_refresh.pass();
    // The refresh is under way, and stays so: this would wait for ever if it waited at all.
    for (int i = 0; i < 3; ++i) CHECK(text(cache()) == "1");
    CHECK(text(cache.held()) == "1");
    begin.open();
    renewing.join();
    CHECK(renewed == "2");
    CHECK(s.calls == 2);
}

TEST_CASE("many threads over many expirations never see expired or torn credentials") {
    source s;
    s.lifetime = 10s;
    parley::cached_credentials const cache(s.provider(), {.early = 2s, .pause = 1s}, s.clock());
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&, i] {
                for (int n = 0; n < 500; ++n) {
                    auto const before = s.now.load();
                    auto const given = cache();
                    if (!given || given->secret_access_key != "s" || *given->expiration <= before) ++wrong;
                    if (i == 0) s.pass(1s);
                }
            });
        }
    }
    CHECK(wrong == 0);
    // Each refresh is good for at least a second of the 500.
    CHECK(s.calls <= 501);
}

TEST_CASE("a thread that waits for another one's refresh gives up when its own call does") {
    source s;
    gate begin, in_refresh;
    auto const inner = s.provider();
    parley::cached_credentials const cache(
        [&] {
            in_refresh.open();
            begin.pass();
            return inner();
        },
        {}, s.clock());
    std::string fetched;
    std::jthread fetching([&] { fetched = text(cache()); });
    in_refresh.pass();
    auto const late = cache({.deadline = std::chrono::steady_clock::now() + 5ms, .stop = {}});
    REQUIRE(!late);
    CHECK(late.error().code == credentials_errc::cancelled);
    std::stop_source stop;
    std::jthread stopping([&] { stop.request_stop(); });
    auto const stopped = cache({.deadline = {}, .stop = stop.get_token()});
    REQUIRE(!stopped);
    CHECK(stopped.error().code == credentials_errc::cancelled);
    begin.open();
    fetching.join();
    CHECK(fetched == "1");
    CHECK(s.calls == 1);
}

TEST_CASE("a refresh that is given up is not shared: those that wait ask by themselves") {
    source s;
    gate begin, in_refresh;
    auto const inner = s.provider();
    std::atomic<int> asked{0};
    parley::cached_credentials const cache(
        [&](parley::credentials_context const& context) -> parley::credentials_result {
            if (++asked > 1) return inner();
            in_refresh.open();
            begin.pass();
            CHECK(context.stop.stop_requested());
            return parley::credentials_error{credentials_errc::cancelled, "source", {}, {}};
        },
        {}, s.clock());
    std::stop_source stop;
    std::string first, second;
    std::jthread one([&] { first = text(cache({.deadline = {}, .stop = stop.get_token()})); });
    in_refresh.pass();
    std::jthread two([&] { second = text(cache()); });
    stop.request_stop();
    begin.open();
    one.join();
    two.join();
    CHECK(first == "source: cancelled");
    CHECK(second == "1");
    CHECK(text(cache()) == "1"); // nor does it make a pause
}

TEST_CASE("a clock that throws within a refresh leaves nobody waiting") {
    source s;
    bool throws = true;
    parley::cached_credentials const cache(s.provider(), {}, [&] {
        if (s.calls > 0 && std::exchange(throws, false)) throw std::runtime_error("blown");
        return s.now.load();
    });
    CHECK_THROWS_WITH(static_cast<void>(cache()), "blown");
    CHECK(text(cache()) == "2");
}
