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

TEST_SUITE_BEGIN("credentials");

using namespace std::chrono_literals;
using parley::credentials_errc;
using time_point = std::chrono::system_clock::time_point;

namespace {

// Provides the credentials "1", "2", ..., each valid for an hour, until it is set to fail.
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

// Blocks a thread until the test opens the gate.
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

TEST_CASE(
    "cached_credentials: the provider is not called before the first use, and then once until shortly before the expiration") {
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

TEST_CASE("cached_credentials: credentials that do not expire are fetched once") {
    source s;
    s.lifetime.reset();
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(text(cache()) == "1");
    s.pass(1'000'000s);
    CHECK(text(cache()) == "1");
}

TEST_CASE("cached_credentials: a failed refresh is no error while the old credentials are valid") {
    source s;
    parley::cached_credentials const cache(s.provider(), {.early = 300s, .pause = 60s}, s.clock());
    CHECK(text(cache()) == "1");
    s.failure = credentials_errc::unavailable;
    s.pass(3600s - 300s);
    CHECK(text(cache()) == "1");
    CHECK(s.calls == 2);
    // Not every call is a refresh.
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

TEST_CASE("cached_credentials: a failure without old credentials is the result, and is kept for the pause") {
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

TEST_CASE("cached_credentials: short-lived credentials do not make each call a refresh") {
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

TEST_CASE("cached_credentials: a clock that is set back does not extend the pause") {
    source s;
    s.failure = credentials_errc::unavailable;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(!cache());
    s.failure.reset();
    s.pass(-10'000s);
    CHECK(text(cache()) == "2");
}

TEST_CASE("cached_credentials: held returns the cached credentials without calling the provider") {
    source s;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    CHECK(text(cache.held()) == "cache: unavailable: the credentials have not been fetched yet");
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

TEST_CASE("cached_credentials: copies share the cache") {
    source s;
    parley::cached_credentials const cache(s.provider(), {}, s.clock());
    auto const copy = cache;
    static_assert(parley::credentials_provider<parley::cached_credentials>);
    CHECK(text(cache()) == "1");
    CHECK(text(copy()) == "1");
}

TEST_CASE("cached_credentials: a provider that throws and a missing provider are errors") {
    int calls = 0;
    parley::cached_credentials const cache([&]() -> parley::credentials_result {
        if (++calls == 1) throw std::runtime_error("thrown");
        throw 1;
    });
    CHECK(text(cache.refresh()) == "cache: unavailable: thrown");
    CHECK(text(cache.refresh()) == "cache: unavailable: not a std::exception");
    CHECK(text(parley::cached_credentials(nullptr)()) == "cache: unavailable: no provider is set");
}

TEST_CASE("cached_credentials: threads without credentials wait for one refresh and share its result") {
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

TEST_CASE("cached_credentials: while one thread refreshes, the others use valid credentials") {
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
    // The refresh does not end: a call that waited for it would block forever.
    for (int i = 0; i < 3; ++i) CHECK(text(cache()) == "1");
    CHECK(text(cache.held()) == "1");
    begin.open();
    renewing.join();
    CHECK(renewed == "2");
    CHECK(s.calls == 2);
}

TEST_CASE("cached_credentials: several threads never see expired or torn credentials over many expirations") {
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
    // Each refresh is valid for at least one of the 500 seconds.
    CHECK(s.calls <= 501);
}

TEST_CASE("cached_credentials: a thread that waits for the refresh of another one gives up when its own call does") {
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

TEST_CASE("cached_credentials: a cancelled refresh is not shared: the waiting threads call the provider themselves") {
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
    CHECK(text(cache()) == "1"); // and does not start a pause
}

TEST_CASE("cached_credentials: a clock that throws during a refresh leaves no thread waiting") {
    source s;
    bool throws = true;
    parley::cached_credentials const cache(s.provider(), {}, [&] {
        if (s.calls > 0 && std::exchange(throws, false)) throw std::runtime_error("blown");
        return s.now.load();
    });
    CHECK_THROWS_WITH(static_cast<void>(cache()), "blown");
    CHECK(text(cache()) == "2");
}

TEST_SUITE_END();
