// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An exception during a JSON-RPC exchange ends each of its calls once, with a failure that reports it.
#include <parley/client/json_rpc_client.hpp>

#include <support/failing_allocations.hpp>
#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("client");

using parley::delivery;
using parley::transport_errc;

namespace {

struct not_an_exception {};

// Whether the constructor of the next element throws.
bool element_throws = false;
struct element {
    std::string text;
    element() {
        if (std::exchange(element_throws, false)) throw std::runtime_error("blown");
    }
};
BOOST_DESCRIBE_STRUCT(element, (), (text))

struct look_up {
    struct input {
        std::string key;
    };
    using output = std::vector<element>;
};
BOOST_DESCRIBE_STRUCT(look_up::input, (), (key))

using outcome = parley::outcome<look_up>;
char const long_text[] = "a text that is too long to be kept without an allocation";

std::string answer_to(std::string_view request) {
    static std::string const head = R"({"jsonrpc":"2.0","result":[{"text":")" + std::string(long_text) + R"("}],"id":)";
    if (!request.starts_with('[')) return head + "1}";
    return '[' + head + "1}," + head + "2}]";
}

void check_failure(outcome const& o, delivery sent, transport_errc condition, std::string const& text) {
    REQUIRE(!o);
    auto const* f = o.error().get_if<parley::transport_failure>();
    REQUIRE(f);
    CHECK(f->condition == condition);
    CHECK(f->sent == sent);
    CHECK(f->message == text);
}

} // namespace

TEST_CASE("json_rpc_client exceptions: a member's type that throws ends the call, which has a response") {
    auto const check = [](outcome const& o) {
        check_failure(o, delivery::answered, transport_errc::exception, "exception thrown: blown");
    };
    auto const answer = [](std::string_view request) {
        element_throws = true;
        return answer_to(request);
    };
    SUBCASE("blocking") {
        parley::json_rpc_client client{answer};
        check(client.send<look_up>({.key = "x"}));
    }
    SUBCASE("callback, at once and later") {
        std::vector<std::function<void()>> waiting;
        for (bool const at_once : {true, false}) {
            int calls = 0;
            parley::json_rpc_client client{[&](std::string_view request, std::function<void(std::string)> done) {
                if (at_once) return done(answer(request));
                waiting.push_back([&answer, done, text = std::string(request)] { done(answer(text)); });
            }};
            client.send<look_up>({.key = "x"}, [&](outcome const& o) {
                ++calls;
                check(o);
            });
            for (auto const& now : waiting) now();
            CHECK(calls == 1);
        }
    }
    SUBCASE("coroutine") {
        parley::json_rpc_client client{[&](parley::message const& m) -> support::task<std::string> { co_return answer(m); }};
        check(client.send<look_up>({.key = "x"}).take());
    }
    element_throws = false;
}

TEST_CASE("json_rpc_client exceptions: a transport that throws ends the call") {
    for (bool const plain : {false, true}) {
        CAPTURE(plain);
        std::string const text = plain ? "transport failure: not a std::exception" : "transport failure: blown";
        auto const blow = [&] {
            if (plain) throw not_an_exception();
            throw std::runtime_error("blown");
        };
        parley::json_rpc_client blocking{[&](std::string_view) -> std::string { return blow(), ""; }};
        check_failure(blocking.send<look_up>({.key = "x"}), delivery::possibly_sent, transport_errc::other, text);
        int calls = 0;
        parley::json_rpc_client callback{[&](std::string_view, std::function<void(std::string)>) { blow(); }};
        callback.send<look_up>({.key = "x"}, [&](outcome const& o) {
            ++calls;
            check_failure(o, delivery::possibly_sent, transport_errc::other, text);
        });
        CHECK(calls == 1);
        parley::json_rpc_client coroutine{[&](parley::message const&) -> support::task<std::string> {
            blow();
            co_return "";
        }};
        check_failure(coroutine.send<look_up>({.key = "x"}).take(), delivery::possibly_sent, transport_errc::other, text);
    }
}

TEST_CASE("json_rpc_client exceptions: a clock that throws ends the call before it is sent") {
    int sent = 0;
    parley::json_rpc_client_config config{.timeout = std::chrono::seconds(1)};
    config.now = []() -> std::chrono::steady_clock::time_point { throw std::runtime_error("blown"); };
    parley::json_rpc_client client{config, [&](std::string_view) { return ++sent, std::string(); }};
    check_failure(client.send<look_up>({.key = "x"}), delivery::not_sent, transport_errc::exception, "exception thrown: blown");
    CHECK(sent == 0);
}

TEST_CASE("json_rpc_client exceptions: a handler that throws is called once; a transport that completes and then throws has "
          "completed") {
    int calls = 0;
    parley::json_rpc_client client{[](std::string_view request, std::function<void(std::string)> done) {
        done(answer_to(request));
        throw std::runtime_error("the transport's");
    }};
    CHECK_THROWS_WITH(client.send<look_up>({.key = "x"},
                                           [&](outcome const&) {
                                               ++calls;
                                               throw std::runtime_error("the handler's");
                                           }),
                      "the handler's");
    CHECK(calls == 1);
    CHECK_NOTHROW(client.send<look_up>({.key = "x"}, [&](outcome const&) { ++calls; }));
    CHECK(calls == 2);
}

namespace {

// Runs `call` with the n-th allocation failing, for every n until none fails. Returns the number of runs, and the number of
// runs in which `call` threw std::bad_alloc.
struct points {
    std::size_t all = 0;
    std::size_t thrown = 0;
};
template <class Call, class Check>
points sweep(bool keep_failing, Call const& call, Check const& check) {
    points p;
    for (std::size_t n = 1;; ++n) {
        CAPTURE(n);
        bool hit = false, thrown = false;
        {
            std::optional<std::invoke_result_t<Call>> result;
            {
                allocations::failing const now(n, keep_failing);
                try {
                    result.emplace(call());
                } catch (std::bad_alloc const&) { thrown = true; }
                hit = now.hit();
            }
            p.thrown += thrown;
            CHECK(thrown == !result);
            if (result) check(*result, hit);
        }
        if (!hit) return p;
        p.all = n;
    }
}

void check_outcome(outcome const& o, bool hit) {
    if (!hit) CHECK(o);
    if (o) return;
    auto const* f = o.error().get_if<parley::transport_failure>();
    REQUIRE(f);
    CHECK(!f->message.empty());
    CHECK((f->condition == transport_errc::exception || f->condition == transport_errc::other));
}
void check_outcomes(std::vector<outcome> const& all, bool hit) {
    CHECK(all.size() == 2);
    for (auto const& o : all) check_outcome(o, hit);
}

} // namespace

TEST_CASE("json_rpc_client out of memory: each call ends with exactly one outcome, whichever allocation fails") {
    look_up::input const inputs[] = {{.key = long_text}, {.key = long_text}};
    parley::json_rpc_client_config const config;
    std::size_t all = 0;
    for (bool const keep_failing : {false, true}) {
        CAPTURE(keep_failing);
        auto const blocking = [&] { return parley::json_rpc_client(config, [](std::string_view r) { return answer_to(r); }); };
        std::optional client(blocking());
        auto const fresh = [&]() -> auto& { return client.emplace(blocking()); };
        // A new client, which has the id 1, is created outside of the tested code.
        auto p = points{};
        {
            auto c = [&] { return client->send<look_up>(inputs[0]); };
            auto const with_id_1 = [&](outcome const& o, bool hit) {
                check_outcome(o, hit);
                fresh();
            };
            p = sweep(keep_failing, c, with_id_1);
            CHECK(p.thrown == 0);
            CHECK(p.all > 5);
            all += p.all;
        }
        {
            fresh();
            auto c = [&] { return client->send_all<look_up>(inputs); };
            p = sweep(keep_failing, c, [&](std::vector<outcome> const& o, bool hit) {
                check_outcomes(o, hit);
                fresh();
            });
            CHECK(p.thrown == 1); // the first allocation is the vector of outcomes
            CHECK(p.all > 5);
            all += p.all;
        }
        for (bool const at_once : {true, false}) {
            CAPTURE(at_once);
            std::function<void(std::string)> kept;
            auto const make = [&] {
                return parley::json_rpc_client(config, [&](std::string_view r, std::function<void(std::string)> done) {
                    if (at_once) done(answer_to(r));
                    else kept = std::move(done);
                });
            };
            std::optional callback(make());
            auto c = [&] {
                struct {
                    int calls = 0;
                    std::optional<outcome> last;
                } r;
                callback->send<look_up>(inputs[0], [&](outcome o) {
                    ++r.calls;
                    r.last.emplace(std::move(o));
                });
                if (auto const done = std::exchange(kept, nullptr)) {
                    std::string text;
                    try {
                        text = answer_to("{");
                    } catch (std::bad_alloc const&) { // the server sends no response
                    }
                    done(std::move(text));
                }
                return r;
            };
            p = sweep(keep_failing, c, [&](auto const& r, bool hit) {
                CHECK(r.calls == 1);
                REQUIRE(r.last);
                callback.emplace(make());
                if (r.last->error().template get_if<parley::undecodable_response>()) return; // for the empty response
                check_outcome(*r.last, hit);
            });
            CHECK(p.thrown == 0);
            CHECK(p.all > 5);
            all += p.all;
        }
    }
    MESSAGE("points: " << all);
}

TEST_SUITE_END();
