// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A server and a network that fail in every way at every point, by seeded scripts in virtual time. A call must end before its
// deadline, its outcome must report truthfully whether the server may have seen the request, and nothing may be sent twice unless that
// is allowed. The server's side records the truth.

#include <parley/client/client.hpp>

#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <variant>
#include <vector>

TEST_SUITE_BEGIN("client");

using namespace std::chrono_literals;
using parley::delivery;
using parley::retry_advice;
using parley::retry_verdict;
using parley::transport_errc;

namespace {

using duration = std::chrono::steady_clock::duration;
using time_point = std::chrono::steady_clock::time_point;
using reply = parley::result<parley::http_response, parley::transport_error>;

struct order {
    struct input {
        std::string what;
    };
    struct output {
        int number = 0;
    };
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what))
BOOST_DESCRIBE_STRUCT(order::output, (), (number))

struct cancel_order : order {
    static constexpr parley::operation_traits traits{.idempotent = true};
};
struct find_order : order {
    static constexpr parley::operation_traits traits{.readonly = true};
};

/// Pseudo-random numbers from a seed, the same on every platform.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    /// Within [0, count).
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    std::chrono::milliseconds up_to(std::chrono::milliseconds most) {
        return std::chrono::milliseconds(below(static_cast<std::size_t>(most.count()) + 1));
    }
    double fraction() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
    template <class T, std::size_t Count>
    T const& pick(T const (&list)[Count]) {
        return list[below(Count)];
    }

private:
    std::mt19937_64 engine_;
};

/// The fate of one attempt.
struct fate {
    duration sent_after{}; ///< when the first byte has left; before, the peer cannot have seen anything
    duration ends_after{};
    bool acted = false;     ///< the peer does what it is asked to; only if it has seen all of it
    bool heeds_stop = true; ///< the transport looks at the stop token
    bool thrown = false;    ///< the transport throws its error
    std::variant<parley::http_response, transport_errc> end;
};

std::string odd_text(dice& d) {
    static constexpr char const* texts[] = {"",
                                            "{",
                                            "<html>busy</html>",
                                            "{}",
                                            "null",
                                            "[]",
                                            "{\"number\":\"x\"}",
                                            "{\"number\":1}garbage",
                                            "\xff\xfe",
                                            "{\"message\":null,\"code\":[]}",
                                            "{\"__type\":\"a#SlowDown:b\"}",
                                            "\0\0"};
    auto text = std::string(d.pick(texts));
    if (d.one_in(20)) text = std::string(100'000, '[');
    return text;
}

parley::http_response odd_response(dice& d) {
    static constexpr int statuses[] = {100, 101, 103, 200, 204, 301, 302, 304, 307, 400, 403, 404, 408, 409,
                                       425, 429, 500, 501, 502, 503, 504, 505, 511, 599, 0,   -1,  600, 999};
    parley::http_response r{d.pick(statuses), {}, odd_text(d)};
    static constexpr char const* hints[] = {
        "0", "1", "30", "1e9", "-5", "soon", "", "Wed, 15 Jan 2025 12:34:59 GMT", "99999999999999999999"};
    static constexpr char const* codes[] = {"SlowDown", "ThrottlingException",    "RequestTimeout", "X", "",
                                            "a#b:c",    "InternalServerException"};
    if (d.one_in(3)) {
        auto const name = d.one_in(2) ? "Retry-After" : "x-amz-retry-after";
        r.fields.add(name, d.pick(hints));
    }
    if (d.one_in(3)) r.fields.add("x-amzn-errortype", d.pick(codes));
    if (d.one_in(4)) r.fields.add("location", "http://elsewhere.example/");
    if (d.one_in(4)) r.fields.add("content-length", d.one_in(2) ? "3" : "many"); // not the length of the body
    if (d.one_in(4)) {
        r.fields.add("x-amzn-requestid", "one"); // twice
        r.fields.add("x-amzn-requestid", "two");
    }
    if (d.one_in(10)) r.fields.add(std::string(10'000, 'n'), std::string(100'000, 'v'));
    if (d.one_in(5)) r.fields.add("date", d.one_in(2) ? "Wed, 15 Jan 2025 13:34:56 GMT" : "yesterday");
    return r;
}

fate next_fate(dice& d) {
    fate f;
    auto const connect = d.up_to(30ms), answer = d.up_to(60ms);
    f.heeds_stop = !d.one_in(4);
    f.sent_after = connect;
    f.ends_after = connect + answer;
    auto const slow = d.one_in(4) ? 3600'000ms : d.up_to(2000ms); // endless or slow
    switch (d.below(14)) {
    case 0: // no connection, not even a refusal for a long time
        f.end = d.one_in(3) ? transport_errc::tls : transport_errc::refused;
        f.sent_after = duration::max();
        if (d.one_in(3)) f.ends_after = slow;
        break;
    case 1: // the stack has no room
        f.end = transport_errc::throttled;
        f.sent_after = duration::max();
        f.ends_after = {};
        break;
    case 2: // lost before a byte was sent
        f.end = transport_errc::reset;
        f.sent_after = duration::max();
        break;
    case 3: // lost while it was sent
        f.end = transport_errc::reset;
        break;
    case 4: // lost after it was sent, without an answer or in the middle of one
        f.end = transport_errc::reset;
        f.acted = d.one_in(2);
        break;
    case 5: // an answer that is no HTTP, or larger than the transport takes
        f.end = d.one_in(2) ? transport_errc::protocol : transport_errc::other;
        f.thrown = d.one_in(2);
        f.acted = d.one_in(2);
        break;
    case 6: // no answer, or an endless one
        f.end = transport_errc::timed_out;
        f.acted = d.one_in(2);
        f.ends_after = connect + slow;
        break;
    case 7:
    case 8: // a good answer, perhaps late
        f.end = parley::http_response{200, {}, R"({"number":7})"};
        f.acted = true;
        if (d.one_in(3)) f.ends_after = connect + slow;
        break;
    default: { // an unusual response
        auto response = odd_response(d);
        if (d.one_in(3)) f.ends_after = connect + slow;
        auto const code = response.fields.find("x-amzn-errortype").value_or("");
        bool const throttled = response.status == 429 || code == "SlowDown" || code == "ThrottlingException"
                               || response.body.find("SlowDown") != std::string::npos;
        // The server does not process requests that it refuses.
        f.acted = !throttled && (response.status < 400 || response.status >= 500) && d.one_in(2);
        f.end = std::move(response);
    }
    }
    return f;
}

/// The time, and when the user cancels the call.
struct world {
    time_point now{1000s};
    std::optional<time_point> stop_at;
    std::stop_source stop;

    void reach(time_point t) {
        if (stop_at && *stop_at <= t && !stop.stop_requested()) {
            now = std::max(now, *stop_at);
            stop.request_stop();
        }
        now = std::max(now, t);
    }
};

/// The server's side of one call, and the transport.
struct witness {
    struct attempt {
        time_point began;
        bool seen = false;
        bool acted = false;
        bool answered = false;
        bool thrown = false; // the transport threw, so it is unknown whether the request was sent
    };
    world* w;
    std::optional<time_point> deadline; // of the call
    std::vector<attempt> attempts{};

    struct timed {
        time_point at;
        reply what;
        bool thrown;
    };

    /// Returns when and how the new attempt ends, as the transport will report.
    timed begin(parley::http_request const& r, fate f, time_point const* stop_at) {
        CHECK(!w->stop.stop_requested()); // nothing is sent for a stopped call
        CHECK(!(deadline && w->now >= *deadline));
        CHECK(r.deadline.has_value() >= deadline.has_value());
        if (deadline) CHECK(*r.deadline <= *deadline);
        attempts.push_back({w->now});
        auto& a = attempts.back();
        auto ends = w->now + f.ends_after;
        auto end = std::visit(
            [](auto const& e) -> reply {
                if constexpr (std::is_same_v<std::decay_t<decltype(e)>, transport_errc>)
                    return parley::transport_error{e, true, {}};
                else return e;
            },
            f.end);
        if (r.deadline && *r.deadline <= ends) {
            ends = *r.deadline;
            end = parley::transport_error{transport_errc::timed_out, true, {}};
        }
        if (stop_at && f.heeds_stop && *stop_at <= ends) {
            ends = std::max(w->now, *stop_at);
            end = parley::transport_error{transport_errc::cancelled, true, {}};
        }
        a.seen = f.sent_after != duration::max() && w->now + f.sent_after <= ends;
        a.acted = a.seen && f.acted;
        a.answered = end.has_value();
        a.thrown = f.thrown && !a.answered;
        if (!end) end.error().sent = a.seen;
        return {ends, std::move(end), a.thrown};
    }
    bool seen() const {
        return std::any_of(attempts.begin(), attempts.end(), [](auto const& a) { return a.seen; });
    }
    long acted() const {
        return std::count_if(attempts.begin(), attempts.end(), [](auto const& a) { return a.acted; });
    }
};

struct plan {
    parley::client_config config;
    std::vector<fate> fates; ///< of the attempts, in order; the last one repeats
    std::optional<std::chrono::milliseconds> stop_after;
};

plan make_plan(dice& d) {
    plan p;
    auto& c = p.config;
    c.endpoint = "https://api.example.com";
    if (d.one_in(3)) c.retry = parley::retry_policy::legacy();
    c.retry.max_attempts = static_cast<int>(d.below(6));
    if (d.one_in(3)) c.retry.mode = parley::retry_mode::adaptive;
    if (d.one_in(3)) c.retry.bucket = static_cast<int>(d.below(60));
    c.retry.respect_idempotency = d.one_in(2);
    c.retry.long_polling = d.one_in(5);
    if (!d.one_in(4)) c.call_timeout = d.one_in(10) ? 0ms : d.up_to(4000ms);
    if (d.one_in(2)) c.attempt_timeout = d.up_to(500ms);
    if (d.one_in(4)) c.strictness = parley::strictness::compatible;
    if (d.one_in(3)) p.stop_after = d.up_to(1500ms);
    auto const count = 1 + d.below(8);
    for (std::size_t i = 0; i < count; ++i) p.fates.push_back(next_fate(d));
    if (d.one_in(3)) {
        c.system_now = [] { return std::chrono::system_clock::time_point(1736944496s); };
        c.sign = [n = static_cast<int>(d.below(12))](
                     parley::http_request&, parley::signing_context const& context) -> std::optional<parley::signing_error> {
            if (context.attempt == n) return parley::signing_error{"expired"};
            return std::nullopt;
        };
    }
    return p;
}

/// Checks the properties of any outcome.
template <class Op>
void check_truth(parley::outcome<Op> const& o, witness const& peer, plan const& p, time_point began, bool hedged) {
    auto const& m = o.metadata();
    auto const& w = *peer.w;
    CHECK(m.attempts == static_cast<int>(peer.attempts.size()));
    CHECK(m.attempts <= std::max(1, p.config.retry.max_attempts));
    if (p.config.call_timeout) CHECK(w.now <= began + *p.config.call_timeout);

    // Whether the server may have seen the request.
    auto const sent = o ? delivery::answered : o.error().sent();
    if (sent == delivery::not_sent) CHECK(!peer.seen());
    if (sent == delivery::answered) {
        CHECK(std::any_of(peer.attempts.begin(), peer.attempts.end(), [](auto const& a) { return a.answered; }));
        CHECK(m.ended == parley::call_phase::answered);
    }
    if (peer.seen()) CHECK(sent != delivery::not_sent);
    if (sent == delivery::possibly_sent)
        CHECK(std::any_of(peer.attempts.begin(), peer.attempts.end(),
                          [](auto const& a) { return a.seen || a.answered || a.thrown; }));
    if (m.attempts == 0) {
        CHECK(!o);
        CHECK(m.ended == parley::call_phase::before);
    }

    // Nothing is repeated unless that is allowed.
    auto const traits = parley::detail::traits_of_operation<Op>();
    if (p.config.retry.respect_idempotency && !traits.readonly && !traits.idempotent) CHECK(peer.acted() <= 1);

    // The records of the attempts.
    auto const& failed = m.failed_attempts;
    if (!hedged) CHECK(static_cast<int>(failed.size()) == m.attempts - (o ? 1 : 0));
    std::chrono::milliseconds wait_result{0};
    for (std::size_t i = 0; i < failed.size(); ++i) {
        auto const& f = failed[i];
        bool const last = i + 1 == failed.size() && !o;
        wait_result += f.delay;
        if (!last) CHECK((f.verdict == retry_verdict::retried || f.verdict == retry_verdict::hedged));
        if (f.verdict == retry_verdict::retried) {
            CHECK(f.advice != retry_advice::none);
            CHECK(!last);
        }
        CHECK((f.status != 0 || f.condition.has_value() || peer.attempts[static_cast<std::size_t>(f.attempt) - 1].answered));
    }
    CHECK(wait_result == m.total_retry_delay);
}

// Returns the number of tokens after a call without concurrent calls.
int tokens_after(int before, parley::retry_policy const& policy, parley::call_metadata const& m, bool success) {
    int tokens = before, last = 0;
    for (auto const& f : m.failed_attempts) {
        if (f.verdict == retry_verdict::retried) tokens -= last = parley::retry_cost(policy, f.advice);
    }
    if (success) tokens += last != 0 ? last : policy.refund;
    return std::min(tokens, policy.bucket);
}

void throw_error() { throw std::runtime_error("the stack is on fire"); }

// Blocking: the transport advances the time to its response.
struct blocking_stack {
    witness* peer;
    plan const* p;

    reply operator()(parley::http_request const& r) {
        auto& w = *peer->w;
        auto const& fates = p->fates;
        auto end = peer->begin(r, fates[std::min(peer->attempts.size(), fates.size() - 1)], w.stop_at ? &*w.stop_at : nullptr);
        w.reach(end.at);
        if (end.thrown) {
            // A transport that throws reports no more, so the request counts as sent.
            throw_error();
        }
        return std::move(end.what);
    }
    void sleep(duration d, std::stop_token) {
        auto& w = *peer->w;
        CHECK(d >= duration::zero());
        if (peer->deadline) CHECK(w.now + d < *peer->deadline);
        if (w.stop_at && *w.stop_at <= w.now + d) w.reach(*w.stop_at);
        else w.reach(w.now + d);
    }
};

// Callbacks: a queue of timed events.
struct calling_stack {
    witness* peer;
    plan const* p;
    bool answers_twice;
    std::multimap<time_point, std::function<void()>>* events;

    void operator()(parley::http_request const& r, std::function<void(reply const&)> done) {
        auto& w = *peer->w;
        auto const& fates = p->fates;
        auto end = peer->begin(r, fates[std::min(peer->attempts.size(), fates.size() - 1)], w.stop_at ? &*w.stop_at : nullptr);
        if (end.thrown) end.what = parley::transport_error{transport_errc::other, true, "the stack is on fire"};
        events->emplace(end.at, [done, what = std::move(end.what), twice = answers_twice] {
            done(what);
            if (twice) done(what);
        });
    }
    void sleep(duration d, std::stop_token, std::function<void()> wake) {
        auto& w = *peer->w;
        auto const end = w.now + d;
        events->emplace(w.stop_at ? std::min(end, std::max(w.now, *w.stop_at)) : end, std::move(wake));
    }
};

template <class Op>
parley::outcome<Op> call_blocking(plan const& p, witness& peer, std::shared_ptr<parley::client_state> const& state, dice rolls) {
    auto config = p.config;
    config.now = [&peer] { return peer.w->now; };
    config.random = [&rolls] { return rolls.fraction(); };
    config.state = state;
    parley::client client{config, blocking_stack{&peer, &p}};
    return client.template send<Op>({.what = "tea"}, {.stop = peer.w->stop.get_token()});
}

template <class Op>
parley::outcome<Op> call_with_handler(plan const& p, witness& peer, std::shared_ptr<parley::client_state> const& state,
                                      dice rolls, bool answers_twice) {
    auto config = p.config;
    config.now = [&peer] { return peer.w->now; };
    config.random = [&rolls] { return rolls.fraction(); };
    config.state = state;
    std::multimap<time_point, std::function<void()>> events;
    parley::client client{config, calling_stack{&peer, &p, answers_twice, &events}};
    std::vector<parley::outcome<Op>> outcomes;
    std::optional<time_point> ended;
    client.template send<Op>({.what = "tea"},
                             [&](parley::outcome<Op> o) {
                                 outcomes.push_back(std::move(o));
                                 ended = peer.w->now;
                             },
                             {.stop = peer.w->stop.get_token()});
    while (!events.empty()) {
        auto const next = events.extract(events.begin());
        peer.w->reach(next.key());
        next.mapped()();
    }
    REQUIRE(outcomes.size() == 1);
    peer.w->now = *ended;
    return std::move(outcomes.front());
}

// Runs the same script with each kind of driver. The outcomes must be equal.
template <class Op>
void run_script(std::uint64_t seed) {
    CAPTURE(seed);
    dice d(seed);
    auto p = make_plan(d);
    auto const begin = [&p] {
        auto w = std::make_unique<world>();
        if (p.stop_after) w->stop_at = w->now + *p.stop_after;
        if (p.stop_after == 0ms) w->reach(w->now);
        return w;
    };
    std::optional<time_point> deadline;
    auto const start = world{}.now;
    if (p.config.call_timeout) deadline = start + *p.config.call_timeout;

    auto w = begin();
    witness peer{w.get(), deadline};
    auto const state = std::make_shared<parley::client_state>(p.config.retry, start);
    auto const o = call_blocking<Op>(p, peer, state, d);
    check_truth(o, peer, p, start, false);
    CHECK(state->tokens.available() == tokens_after(p.config.retry.bucket, p.config.retry, o.metadata(), o.has_value()));
    CHECK(state->rate.read().waiting == 0);

    auto const w2 = begin();
    witness peer2{w2.get(), deadline};
    auto const state2 = std::make_shared<parley::client_state>(p.config.retry, start);
    auto const o2 = call_with_handler<Op>(p, peer2, state2, d, seed % 3 == 0);
    check_truth(o2, peer2, p, start, false);
    CHECK(o2.has_value() == o.has_value());
    CHECK(o2.metadata().attempts == o.metadata().attempts);
    CHECK(o2.metadata().total_retry_delay == o.metadata().total_retry_delay);
    CHECK(o2.metadata().ended == o.metadata().ended);
    CHECK(w2->now == w->now);
    CHECK(state2->tokens.available() == state->tokens.available());
    if (!o && !o2) {
        CHECK(o2.error().sent() == o.error().sent());
        CHECK(o2.error().message() == o.error().message());
    }

    p.config.retry.hedge_after = std::chrono::milliseconds(seed % 200);
    auto const w3 = begin();
    witness peer3{w3.get(), deadline};
    auto const state3 = std::make_shared<parley::client_state>(p.config.retry, start);
    auto const o3 = call_with_handler<Op>(p, peer3, state3, d, seed % 3 == 0);
    check_truth(o3, peer3, p, start, true);
    CHECK(state3->rate.read().waiting == 0);
    if (!parley::detail::traits_of_operation<Op>().readonly) CHECK(o3.metadata().attempts == o.metadata().attempts);
}

constexpr std::uint64_t scripts = 4'000; // for each kind of operation

} // namespace

TEST_CASE("faults: calls that must not run twice end in time with a truthful outcome, whatever fails") {
    for (std::uint64_t seed = 0; seed < scripts; ++seed) run_script<order>(seed);
}

TEST_CASE("faults: idempotent calls end in time with a truthful outcome, whatever fails") {
    for (std::uint64_t seed = 0; seed < scripts; ++seed) run_script<cancel_order>(1'000'000 + seed);
}

TEST_CASE("faults: readonly calls, also hedged ones, end in time with a truthful outcome, whatever fails") {
    for (std::uint64_t seed = 0; seed < scripts; ++seed) run_script<find_order>(2'000'000 + seed);
}

TEST_CASE("faults: a series of such calls leaves the right number of tokens") {
    dice d(42);
    auto first = make_plan(d);
    first.config.retry = {};
    auto const state = std::make_shared<parley::client_state>(first.config.retry, time_point(1000s));
    int tokens = state->tokens.available();
    for (int i = 0; i < 2'000; ++i) {
        auto p = make_plan(d);
        p.config.retry = {};
        world w;
        if (p.stop_after) w.stop_at = w.now + *p.stop_after;
        witness peer{&w, p.config.call_timeout ? std::optional(w.now + *p.config.call_timeout) : std::nullopt};
        if (p.stop_after == 0ms) w.reach(w.now);
        auto const o = call_blocking<find_order>(p, peer, state, d);
        tokens = tokens_after(tokens, p.config.retry, o.metadata(), o.has_value());
        CAPTURE(i);
        REQUIRE(state->tokens.available() == tokens);
    }
}

TEST_SUITE_END();
