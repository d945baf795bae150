// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The n-th allocation of a call fails, for every n, alone or with all that follow it. Each call ends with exactly one outcome.
#include <parley/aws.hpp>
#include <parley/client/json_rpc_client.hpp>

#include <parley/services/medical_imaging.hpp>

#include <support/failing_allocations.hpp>
#include <support/task.hpp>

#include <boost/describe.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using medical_imaging::GetDICOMImportJob;
using parley::delivery;
using parley::transport_errc;

namespace {

using duration = std::chrono::steady_clock::duration;
using time_point = std::chrono::steady_clock::time_point;
using reply = parley::result<parley::http_response, parley::transport_error>;

struct sold_out {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(sold_out, (), (message))
constexpr auto parley_traits(sold_out const*) { return parley::traits(parley::http_error(409)); }

struct order {
    struct input {
        std::string shop;
        std::string item;
        std::optional<std::string> token{};
    };
    struct output {
        std::vector<std::string> parts;
    };
    using errors = parley::errors<sold_out>;
    static constexpr auto http = parley::http("POST /shops/{shop}/orders");
    static constexpr parley::operation_traits traits{.readonly = true}; // so that it may be hedged
};
BOOST_DESCRIBE_STRUCT(order::input, (), (shop, item, token))
BOOST_DESCRIBE_STRUCT(order::output, (), (parts))
constexpr auto parley_traits(order::input const*) { return parley::traits(parley::on("token", parley::idempotency_token())); }

// An output with views of the body, which the outcome owns.
struct peek {
    using input = order::input;
    struct output {
        std::vector<std::string_view> parts;
    };
    static constexpr auto http = parley::http("POST /peek");
};
BOOST_DESCRIBE_STRUCT(peek::output, (), (parts))

char const long_text[] = "a text that is too long to be kept without an allocation";

parley::http_response answer_with(int status) {
    static std::string const text = long_text;
    parley::http_response r{status, {{"x-amzn-requestid", text}}, {}};
    if (status == 200) r.body = R"({"parts":[")" + text + R"(","b\u00e9c)" + text + R"("]})";
    else if (status == 409) r.body = R"({"message":")" + text + R"("})";
    else r.body = R"({"message":"try later, )" + text + R"("})";
    return r;
}

// A hedged attempt that cannot be signed is not sent, so there may be one more retry than planned.
int status_at(std::vector<int> const& statuses, int sent) {
    return statuses[std::min(static_cast<std::size_t>(sent), statuses.size() - 1)];
}

parley::client_config config_with(bool more) {
    parley::client_config c{.endpoint = "https://api.example.com", .aws = {.region = "eu-west-1"}, .random = [] { return 0.5; }};
    c.now = [] { return time_point(1h); };
    if (!more) return c;
    c.fields.add("x-more", long_text);
    c.uuid = [] { return std::string(long_text); };
    c.sign = [](parley::http_request& r) { r.fields.set("authorization", long_text); };
    c.interceptors.push_back({.before_signing = [](parley::http_request& r, auto&&...) { r.fields.set("x-trace", long_text); },
                              .before_decoding = [](parley::http_response& r, auto&&...) { r.fields.set("x-seen", long_text); },
                              .at_end = [](auto&&...) { std::string const name(long_text); }});
    c.retry.mode = parley::retry_mode::adaptive;
    return c;
}

// The responses of the server, by attempt.
struct script {
    std::vector<int> statuses;
    bool hedged = false;
    bool more = false; // a signer, interceptors, an adaptive rate
};

// The result of one call.
template <class Op>
struct result_of {
    std::optional<parley::outcome<Op>> outcome{};
    int outcomes = 0;
    int sent = 0;
    bool thrown = false;
};

struct blocking_stack {
    std::vector<int> const& statuses;
    int& sent;
    reply operator()(parley::http_request const&) { return answer_with(status_at(statuses, sent++)); }
    void sleep(duration) {}
};
template <class Op>
struct blocking_driver {
    using input = typename Op::input;
    blocking_stack stack;
    parley::client<std::reference_wrapper<blocking_stack>> client;
    result_of<Op>& r;

    blocking_driver(script const& s, result_of<Op>& result)
        : stack{s.statuses, result.sent}, client(config_with(s.more), std::ref(stack)), r(result) {}
    void run(input const& in) noexcept { // terminates on an exception
        r.outcome.emplace(client.template send<Op>(in));
        ++r.outcomes;
    }
};

struct callback_stack {
    struct pending {
        std::function<void(reply)> done{};
        std::function<void()> wake{};
        int status = 0;
    };
    std::vector<int> const& statuses;
    int& sent;
    bool at_once;
    bool hedged;
    std::array<pending, 16> waiting{};
    std::size_t count = 0;

    void operator()(parley::http_request const&, std::function<void(reply)> done) {
        auto const status = status_at(statuses, sent++);
        if (at_once) return done(answer_with(status));
        waiting[count++] = {std::move(done), {}, status};
    }
    void sleep(duration, std::function<void()> wake) {
        if (at_once) return wake();
        waiting[count++] = {{}, std::move(wake), 0};
    }
    // Timers first, so that calls are hedged.
    void run() {
        auto const next = [this](bool timers) -> pending* {
            for (std::size_t i = 0; i < count; ++i) {
                if (timers ? waiting[i].wake != nullptr : waiting[i].done != nullptr) return &waiting[i];
            }
            return nullptr;
        };
        for (;;) {
            auto* p = next(true);
            if (!p) p = next(false);
            if (!p) return;
            auto const now = std::exchange(*p, {});
            if (now.wake) now.wake();
            else answer(now);
        }
    }
    // A transport that cannot allocate a response reports that.
    static void answer(pending const& p) {
        std::optional<reply> r;
        try {
            r.emplace(answer_with(p.status));
        } catch (std::bad_alloc const&) { r.emplace(parley::transport_error{transport_errc::other, true, {}}); }
        p.done(*std::move(r));
    }
};
template <class Op, bool AtOnce>
struct callback_driver {
    using input = typename Op::input;
    callback_stack stack;
    time_point now{1h};
    parley::client<std::reference_wrapper<callback_stack>> client;
    result_of<Op>& r;

    callback_driver(script const& s, result_of<Op>& result)
        : stack{s.statuses, result.sent, AtOnce, s.hedged}, client(config(s), std::ref(stack)), r(result) {}
    void run(input const& in) noexcept {
        client.template send<Op>(in, [this](parley::outcome<Op> o) {
            r.outcome.emplace(std::move(o));
            ++r.outcomes;
        });
        stack.run();
    }

private:
    parley::client_config config(script const& s) {
        auto c = config_with(s.more);
        if (s.hedged) c.retry.hedge_after = 0ms;
        return c;
    }
};

struct coroutine_stack {
    std::vector<int> const& statuses;
    int& sent;
    support::task<reply> operator()(parley::http_request const&) { co_return answer_with(status_at(statuses, sent++)); }
    support::task<int> sleep(duration) { co_return 0; }
};
template <class Op>
struct coroutine_driver {
    using input = typename Op::input;
    coroutine_stack stack;
    parley::client<std::reference_wrapper<coroutine_stack>> client;
    result_of<Op>& r;

    coroutine_driver(script const& s, result_of<Op>& result)
        : stack{s.statuses, result.sent}, client(config_with(s.more), std::ref(stack)), r(result) {}
    void run(input const& in) noexcept {
        std::optional<support::task<parley::outcome<Op>>> call;
        try {
            call.emplace(client.template send<Op>(in));
        } catch (std::bad_alloc const&) {
            r.thrown = true;
            return;
        }
        r.outcome.emplace(call->take());
        ++r.outcomes;
    }
};

struct tally {
    std::size_t points = 0;
    std::size_t thrown = 0;      // by `send` itself, if the coroutine cannot be allocated
    std::size_t last_thrown = 0; // the number of the allocation
    std::size_t successes = 0;   // although an allocation failed
};

template <class Op>
void check_one(result_of<Op> const& r, script const& s, bool hit, tally& t) {
    if (r.thrown) return;
    CHECK(r.outcomes == 1);
    CHECK(r.sent <= parley::retry_policy().max_attempts);
    REQUIRE(r.outcome);
    auto const& o = *r.outcome;
    int const last = s.statuses.back();
    if (!hit) {
        CHECK(o.has_value() == (last == 200));
        CHECK(r.sent == static_cast<int>(s.statuses.size()));
        return;
    }
    if (o) return static_cast<void>(++t.successes);
    CHECK(!o.error().message().empty());
    CHECK(o.metadata().attempts >= r.sent);
    if (r.sent > 0) CHECK(o.error().sent() != delivery::not_sent);
    auto const* f = o.error().template get_if<parley::transport_failure>();
    if (!f) {
        CHECK(last != 200);
        return;
    }
    bool const says_so = f->condition == transport_errc::exception || f->condition == transport_errc::other
                         || f->condition == transport_errc::signing;
    CHECK(says_so);
}

// Runs the call for every n until no allocation fails.
template <class Op, class Driver>
tally sweep(script const& s, typename Op::input const& in, bool keep_failing, std::size_t frame_at = 0) {
    tally t;
    for (std::size_t n = 1;; ++n) {
        CAPTURE(n);
        CAPTURE(keep_failing);
        result_of<Op> r;
        bool hit = false;
        {
            Driver driver(s, r);
            allocations::failing const now(n, keep_failing);
            driver.run(in);
            hit = now.hit();
        }
        check_one(r, s, hit, t);
        if (r.thrown) {
            ++t.thrown;
            t.last_thrown = n;
        }
        if (keep_failing) CHECK(r.thrown == (n <= frame_at)); // the coroutine cannot be allocated
        if (!hit) return t;
        t.points = n;
    }
}

std::size_t all_points = 0;

template <class Op, class Driver>
void sweep_both(char const* name, script const& s, typename Op::input const& in, bool coroutine = false) {
    CAPTURE(name);
    auto const alone = sweep<Op, Driver>(s, in, false);
    CHECK(alone.points > 3);
    // The two texts of the input, which the coroutine copies, and the coroutine itself.
    CHECK(alone.thrown == (coroutine ? 3 : 0));
    auto const from_there_on = sweep<Op, Driver>(s, in, true, alone.last_thrown);
    CHECK(from_there_on.points == alone.points);
    all_points += alone.points + from_there_on.points;
}

template <class Op>
void sweep_all(script const& s, typename Op::input const& in) {
    if (!s.hedged) sweep_both<Op, blocking_driver<Op>>("blocking", s, in);
    if (!s.hedged) sweep_both<Op, callback_driver<Op, true>>("callback, at once", s, in);
    sweep_both<Op, callback_driver<Op, false>>("callback, later", s, in);
    if (!s.hedged) sweep_both<Op, coroutine_driver<Op>>("coroutine", s, in, true);
}

order::input const an_order{.shop = long_text, .item = long_text};

} // namespace

TEST_CASE("client out of memory: a call ends with exactly one outcome, whichever allocation fails") {
    all_points = 0;
    for (bool const more : {false, true}) {
        CAPTURE(more);
        sweep_all<order>({{200}, false, more}, an_order);
        sweep_all<order>({{409}, false, more}, an_order);
        sweep_all<order>({{418}, false, more}, an_order);
        sweep_all<order>({{503, 503, 200}, false, more}, an_order);
        sweep_all<order>({{503, 503, 503}, false, more}, an_order);
        sweep_all<order>({{200, 200}, true, more}, an_order);
        sweep_all<order>({{503, 200}, true, more}, an_order);
        sweep_all<peek>({{200}, false, more}, an_order);
        sweep_all<GetDICOMImportJob>({{400}, false, more}, {.datastoreId = std::string(32, '1'), .jobId = std::string(32, '2')});
    }
    MESSAGE("points: " << all_points);
    CHECK(all_points > 1000);
}

TEST_SUITE_END();
