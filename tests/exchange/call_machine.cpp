// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <parley/exchange/call_machine.hpp>

#include <parley/exchange/exchange.hpp>

#include <support/polling.hpp>
#include <support/weather.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>

TEST_SUITE_BEGIN("exchange");

using namespace std::chrono_literals;
using parley::call_phase;
using parley::call_step;
using parley::delivery;
using parley::retry_verdict;
using parley::transport_errc;
using weather::get_weather;

namespace {

using time_point = std::chrono::steady_clock::time_point;

// Wed, 15 Jan 2025 12:34:56 GMT
constexpr auto system_time = std::chrono::system_clock::time_point(1736944496s);

struct order {
    struct input {
        std::string what;
    };
    struct output {};
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order::input, (), (what))
BOOST_DESCRIBE_STRUCT(order::output, (), ())

struct search : order {
    static constexpr parley::operation_traits traits{.readonly = true};
};
struct cancel_order : order {
    static constexpr parley::operation_traits traits{.idempotent = true};
};
struct replace_order : order {
    static constexpr auto http = parley::http("PUT /orders");
};
struct order_once {
    struct input {
        std::optional<std::string> token{};
    };
    using output = order::output;
    static constexpr auto http = parley::http("POST /orders");
};
BOOST_DESCRIBE_STRUCT(order_once::input, (), (token))
constexpr auto parley_traits(order_once::input const*) {
    return parley::traits(parley::on("token", parley::idempotency_token()));
}

// Drives calls by hand in virtual time.
struct bench {
    time_point now{};
    std::stop_source stop;
    parley::call_settings settings;
    std::optional<parley::client_state> state;

    bench() {
        settings.endpoint = *parley::parse_endpoint("https://api.example.com");
        settings.random = [] { return 0.5; };
        settings.uuid = [] { return "id"; };
        settings.system_now = [] { return system_time; };
        settings.stop = stop.get_token();
    }
    void share_state() {
        state.emplace(settings.retry, now);
        settings.state = &*state;
    }
    template <class Op = get_weather>
    std::unique_ptr<parley::exchange<Op>> begin() {
        if constexpr (std::is_same_v<Op, get_weather>)
            return std::make_unique<parley::exchange<Op>>(settings, typename Op::input{.city = "Ghent"}, now);
        else return std::make_unique<parley::exchange<Op>>(settings, typename Op::input{}, now);
    }
};

parley::http_response const good{200, {}, R"({"celsius":3})"};
parley::http_response const busy{503, {}, "{}"};
parley::http_response const throttled{429, {}, "{}"};
parley::transport_error const lost{transport_errc::reset, true, "lost"};
parley::transport_error const refused{transport_errc::refused, false, {}};

template <class Op>
transport_errc condition_of(parley::outcome<Op> const& o) {
    REQUIRE(!o);
    auto const* failure = o.error().template get_if<parley::transport_failure>();
    REQUIRE(failure);
    return failure->condition;
}

} // namespace

TEST_CASE("call_machine: the metadata reports for each attempt what failed, and why it was or was not retried") {
    bench b;
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_transport_error(lost, b.now);
    b.now += 25ms;
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(throttled, b.now);
    b.now += 1000ms;
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(parley::http_response{503, {{"x-amzn-errortype", "Overloaded"}}, "{}"}, b.now);
    REQUIRE(call->poll(b.now) == call_step::done);
    auto const metadata = call->take().metadata();
    CHECK(metadata.attempts == 3);
    CHECK(metadata.total_retry_delay == 1025ms);
    CHECK(metadata.ended == call_phase::answered);
    auto const& failed = metadata.failed_attempts;
    REQUIRE(failed.size() == 3);
    CHECK(failed[0].attempt == 1);
    CHECK(failed[0].status == 0);
    CHECK(failed[0].condition == transport_errc::reset);
    CHECK(failed[0].verdict == retry_verdict::retried);
    CHECK(failed[0].delay == 25ms);
    CHECK(failed[1].status == 429);
    CHECK(!failed[1].condition);
    CHECK(failed[1].advice == parley::retry_advice::throttled);
    CHECK(failed[1].delay == 1000ms); // half of 1 s, doubled
    CHECK(failed[2].code == "Overloaded");
    CHECK(failed[2].verdict == retry_verdict::out_of_attempts);
    CHECK(failed[2].delay == 0ms);
}

TEST_CASE("call_machine: the request id is read from the header fields of AWS or the usual one") {
    for (auto const* name : {"x-amzn-requestid", "x-amz-request-id", "X-Request-Id"}) {
        bench b;
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        call->handle_response(parley::http_response{404, {{name, "r-1"}}, "{}"}, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(call->take().metadata().request_id == "r-1");
    }
}

TEST_CASE("call_machine: the status is that of the last attempt, also if that has no response") {
    bench b;
    b.settings.retry.max_attempts = 2;
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(parley::http_response{503, {{"x-amzn-requestid", "r-1"}}, "{}"}, b.now);
    call->handle_wake();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_transport_error(refused, b.now);
    REQUIRE(call->poll(b.now) == call_step::done);
    auto const ended = call->take();
    CHECK(ended.metadata().status == 0);
    CHECK(ended.metadata().request_id.empty());
    CHECK(ended.metadata().ended == call_phase::sending);
    CHECK(ended.error().sent() == delivery::possibly_sent);
}

TEST_CASE("call_machine: retries take tokens from a shared bucket, and a success returns them") {
    bench b;
    b.settings.retry.bucket = 20;
    b.share_state();
    auto& tokens = b.state->tokens;
    auto first = b.begin(), second = b.begin();
    REQUIRE(first->poll(b.now) == call_step::send);
    REQUIRE(second->poll(b.now) == call_step::send);
    first->handle_response(busy, b.now);
    CHECK(tokens.available() == 6);
    second->handle_response(busy, b.now);
    REQUIRE(second->poll(b.now) == call_step::done);
    CHECK(second->take().metadata().failed_attempts.back().verdict == retry_verdict::out_of_tokens);
    first->handle_wake();
    REQUIRE(first->poll(b.now) == call_step::send);
    first->handle_response(good, b.now);
    CHECK(tokens.available() == 20);
    CHECK(tokens.take(10));
    auto third = b.begin();
    REQUIRE(third->poll(b.now) == call_step::send);
    third->handle_response(good, b.now);
    CHECK(tokens.available() == 11); // one for a success of the first attempt
}

TEST_CASE("call_machine: the tokens of a retry that is not sent are returned") {
    SUBCASE("cancelled during the wait") {
        bench b;
        b.share_state();
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        call->handle_response(busy, b.now);
        CHECK(b.state->tokens.available() == 486);
        b.stop.request_stop();
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(b.state->tokens.available() == 500);
        auto const ended = call->take();
        CHECK(condition_of(ended) == transport_errc::cancelled);
        CHECK(ended.error().message() == "cancelled: during the wait after attempt 1");
        CHECK(ended.error().sent() == delivery::possibly_sent);
        CHECK(ended.metadata().ended == call_phase::between);
        CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::cancelled);
    }
    SUBCASE("the wait would pass the deadline") {
        bench b;
        b.settings.call_timeout = 20ms;
        b.share_state();
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        call->handle_response(busy, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(b.state->tokens.available() == 500);
        auto const ended = call->take();
        CHECK(ended.error().response()->status == 503);
        CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::past_deadline);
    }
    SUBCASE("woken after the deadline") {
        bench b;
        b.settings.call_timeout = 100ms;
        b.share_state();
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        call->handle_response(busy, b.now);
        REQUIRE(call->poll(b.now) == call_step::wait);
        b.now += 100ms;
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(b.state->tokens.available() == 500);
        auto const ended = call->take();
        CHECK(condition_of(ended) == transport_errc::timed_out);
        CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::past_deadline);
    }
}

TEST_CASE("call_machine: a cancellation is reported with its position in the call") {
    bench b;
    SUBCASE("before") {
        b.stop.request_stop();
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const ended = call->take();
        CHECK(condition_of(ended) == transport_errc::cancelled);
        CHECK(ended.error().message() == "cancelled: before the first attempt");
        CHECK(ended.error().sent() == delivery::not_sent);
        CHECK(ended.metadata().ended == call_phase::before);
        CHECK(ended.metadata().failed_attempts.empty());
    }
    SUBCASE("while sending") {
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        CHECK(call->request().stop.stop_possible());
        b.stop.request_stop();
        CHECK(call->request().stop.stop_requested());
        CHECK(call->poll(b.now) == call_step::receive); // the attempt is in flight
        call->handle_transport_error({transport_errc::cancelled, true, {}}, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const ended = call->take();
        CHECK(ended.error().message() == "cancelled: while attempt 1 was in flight");
        CHECK(ended.metadata().ended == call_phase::sending);
        CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::cancelled);
    }
    SUBCASE("after an attempt that would have been retried") {
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        b.stop.request_stop();
        call->handle_response(busy, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const ended = call->take();
        CHECK(condition_of(ended) == transport_errc::cancelled);
        CHECK(ended.error().message() == "cancelled: after attempt 1");
        CHECK(ended.metadata().ended == call_phase::between);
    }
    SUBCASE("too late: the output is already there") {
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        b.stop.request_stop();
        call->handle_response(good, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(call->take());
    }
    SUBCASE("too late: the error is already there and is not retryable") {
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        b.stop.request_stop();
        call->handle_response(parley::http_response{404, {}, R"({"message":"sunk"})"}, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(call->take().error().is<weather::city_unknown>());
    }
}

// The server may have processed each request that reached it, except for those that it refused.
TEST_CASE("call_machine: with respect_idempotency, an operation that is not idempotent is not retried after it may have been "
          "processed") {
    struct end {
        std::variant<parley::http_response, parley::transport_error> what;
        bool may_have_acted;
    };
    end const ends[] = {{lost, true},
                        {refused, false},
                        {parley::transport_error{transport_errc::timed_out, true, {}}, true},
                        {parley::transport_error{transport_errc::timed_out, false, {}}, false},
                        {parley::http_response{500, {}, "{}"}, true},
                        {parley::http_response{502, {}, "<html>"}, true},
                        {parley::http_response{503, {}, "{}"}, true},
                        {parley::http_response{504, {}, "{}"}, true},
                        {throttled, false},
                        {parley::http_response{503, {{"x-amzn-errortype", "SlowDown"}}, "{}"}, false},
                        {parley::http_response{400, {{"x-amzn-errortype", "RequestTimeout"}}, "{}"}, false}};
    auto const is_sent_again = [&]<class Op>(Op, end const& e, bool respect) {
        bench b;
        b.settings.retry.respect_idempotency = respect;
        auto call = b.begin<Op>();
        REQUIRE(call->poll(b.now) == call_step::send);
        if (auto const* response = std::get_if<parley::http_response>(&e.what)) call->handle_response(*response, b.now);
        else call->handle_transport_error(std::get<parley::transport_error>(e.what), b.now);
        call->handle_wake();
        bool const again = call->poll(b.now) == call_step::send;
        if (!again) CHECK(call->take().metadata().failed_attempts.back().verdict == retry_verdict::not_idempotent);
        return again;
    };
    for (auto const& e : ends) {
        CAPTURE(&e - ends);
        CHECK(is_sent_again(order{}, e, false));
        CHECK(is_sent_again(order{}, e, true) == !e.may_have_acted);
        CHECK(is_sent_again(search{}, e, true));
        CHECK(is_sent_again(cancel_order{}, e, true));
        CHECK(is_sent_again(replace_order{}, e, true));
        CHECK(is_sent_again(order_once{}, e, true));  // idempotent because of its token
        CHECK(is_sent_again(get_weather{}, e, true)); // GET
    }
}

TEST_CASE("call_machine: an empty idempotency token does not make an operation idempotent") {
    bench b;
    b.settings.retry.respect_idempotency = true;
    parley::exchange<order_once> call(b.settings, {.token = ""}, b.now);
    REQUIRE(call.poll(b.now) == call_step::send);
    call.handle_transport_error(lost, b.now);
    CHECK(call.poll(b.now) == call_step::done);
}

TEST_CASE("call_machine: a request that cannot be signed is not sent, and the outcome reports it") {
    bench b;
    b.share_state();
    SUBCASE("an error") {
        b.settings.sign = [](parley::http_request&, parley::signing_context const&) -> std::optional<parley::signing_error> {
            return parley::signing_error{"the token has expired"};
        };
    }
    SUBCASE("an exception") {
        b.settings.sign = [](parley::http_request&) { throw std::runtime_error("the token has expired"); };
    }
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::done);
    auto const ended = call->take();
    CHECK(condition_of(ended) == transport_errc::signing);
    CHECK(ended.error().message() == "not signed: the token has expired");
    CHECK(ended.error().sent() == delivery::not_sent);
    CHECK(ended.metadata().attempts == 0);
    CHECK(ended.metadata().ended == call_phase::before);
}

TEST_CASE("call_machine: a retry that cannot be signed is not sent; the first attempt was") {
    bench b;
    b.share_state();
    b.settings.sign = [](parley::http_request&, parley::signing_context const& c) -> std::optional<parley::signing_error> {
        if (c.attempt == 2) return parley::signing_error{"expired"};
        return std::nullopt;
    };
    auto call = b.begin();
    REQUIRE(support::step_of(*call, b.now) == call_step::send);
    call->handle_response(busy, b.now);
    call->handle_wake();
    REQUIRE(call->poll(b.now) == call_step::done);
    auto const ended = call->take();
    CHECK(condition_of(ended) == transport_errc::signing);
    CHECK(ended.error().sent() == delivery::possibly_sent);
    CHECK(ended.metadata().attempts == 1);
    CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::not_signed);
    CHECK(b.state->tokens.available() == 500);
}

TEST_CASE("call_machine: signatures use the time of the server once it is known; the error that revealed it is retried") {
    bench b;
    b.share_state();
    std::vector<std::chrono::system_clock::time_point> times;
    b.settings.sign = [&times](parley::http_request&, parley::signing_context const& c) { times.push_back(c.time); };
    auto call = b.begin();
    REQUIRE(support::step_of(*call, b.now) == call_step::send);
    parley::http_response const skewed{403, {{"date", "Wed, 15 Jan 2025 13:34:56 GMT"}}, "{}"};
    call->handle_response(skewed, b.now);
    call->handle_wake();
    REQUIRE(support::step_of(*call, b.now) == call_step::send);
    call->handle_response(skewed, b.now); // the clock is correct now, so the error has another reason
    REQUIRE(call->poll(b.now) == call_step::done);
    CHECK(!call->take());
    CHECK(b.state->clock.value() == 1h);
    CHECK(times == std::vector{system_time, system_time + 1h});
}

TEST_CASE("call_machine: a date is ignored if nothing is signed") {
    bench b;
    b.share_state();
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(parley::http_response{403, {{"date", "Wed, 15 Jan 2025 13:34:56 GMT"}}, "{}"}, b.now);
    CHECK(call->poll(b.now) == call_step::done);
    CHECK(b.state->clock.value() == 0ms);
}

TEST_CASE("call_machine: a hint of the server extends the backoff") {
    bench b;
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(parley::http_response{503, {{"retry-after", "2"}}, "{}"}, b.now);
    REQUIRE(call->poll(b.now) == call_step::wait);
    CHECK(call->wake_at() == b.now + 2s);
}

TEST_CASE("call_machine: an infinite hint is ignored, except in compatible mode") {
    for (auto const strictness : {parley::strictness::strict, parley::strictness::compatible}) {
        bench b;
        b.settings.strictness = strictness;
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::send);
        call->handle_response(parley::http_response{503, {{"x-amz-retry-after", "Infinity"}}, "{}"}, b.now);
        REQUIRE(call->poll(b.now) == call_step::wait);
        CHECK(call->wake_at() == b.now + (strictness == parley::strictness::strict ? 25ms : 1ms));
    }
}

TEST_CASE("call_machine: a long-polling call waits before it reports that the tokens are exhausted") {
    bench b;
    b.settings.retry.bucket = 0;
    b.settings.retry.long_polling = true;
    b.share_state();
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(busy, b.now);
    REQUIRE(call->poll(b.now) == call_step::wait);
    CHECK(call->wake_at() == b.now + 25ms);
    SUBCASE("until its end") { b.now += 25ms; }
    SUBCASE("until it is stopped") { b.stop.request_stop(); }
    REQUIRE(call->poll(b.now) == call_step::done);
    auto const ended = call->take();
    CHECK(ended.error().response()->status == 503);
    CHECK(ended.metadata().attempts == 1);
    CHECK(ended.metadata().failed_attempts.back().verdict == retry_verdict::out_of_tokens);
}

TEST_CASE("call_machine: in adaptive mode, all attempts wait for the rate limit after the server has throttled") {
    bench b;
    b.now += 1000s;
    b.settings.retry.mode = parley::retry_mode::adaptive;
    b.share_state();
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(throttled, b.now);
    REQUIRE(call->poll(b.now) == call_step::wait);
    CHECK(call->wake_at() == b.now + 500ms);
    b.now += 500ms;
    // The minimum rate is one attempt in two seconds; a quarter of a token is available.
    REQUIRE(call->poll(b.now) == call_step::wait);
    CHECK(call->wake_at() == b.now + 1500ms);
    // A further attempt waits behind it.
    auto other = b.begin();
    REQUIRE(other->poll(b.now) == call_step::wait);
    CHECK(other->wake_at() == b.now + 3500ms);
    b.now += 1500ms;
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_response(good, b.now);
    auto const ended = (static_cast<void>(call->poll(b.now)), call->take());
    CHECK(ended.metadata().total_retry_delay == 500ms);
    CHECK(ended.metadata().rate_delay == 1500ms);
    b.stop.request_stop();
    REQUIRE(other->poll(b.now) == call_step::done);
    CHECK(other->take().error().message() == "cancelled: before the first attempt");
    CHECK(b.state->rate.read().waiting == 0);
}

TEST_CASE("call_machine: a wait for the rate limit that would pass the deadline is not started") {
    bench b;
    b.now += 1000s;
    b.settings.retry.mode = parley::retry_mode::adaptive;
    b.share_state();
    b.state->rate.update(true, b.now);
    SUBCASE("before the first attempt") {
        b.settings.call_timeout = 1s;
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const ended = call->take();
        CHECK(condition_of(ended) == transport_errc::timed_out);
        CHECK(ended.error().sent() == delivery::not_sent);
        CHECK(ended.metadata().rate_delay == 0ms);
    }
    SUBCASE("between attempts: the error of the attempt is the outcome") {
        b.settings.call_timeout = 2500ms;
        auto call = b.begin();
        REQUIRE(call->poll(b.now) == call_step::wait);
        b.now += 2s;
        REQUIRE(call->poll(b.now) == call_step::send);
        // Two ends of attempts in two seconds are measured as a rate of 0.8 * 1/s, and the new rate is twice that: the next token
        // comes after 1 s / 1.6 = 625 ms. The backoff alone would be 25 ms.
        call->handle_response(busy, b.now);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(call->take().error().response()->status == 503);
    }
    CHECK(b.state->rate.read().waiting == 0);
}

TEST_CASE("call_machine: a slow response to a readonly operation may be overtaken by a hedged attempt") {
    bench b;
    b.settings.retry.hedge_after = 100ms;
    b.share_state();
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    CHECK(call->attempt() == 1);
    auto const& first = call->request();
    CHECK(call->poll(b.now) == call_step::receive);
    CHECK(call->wake_at() == b.now + 100ms);
    b.now += 100ms;
    REQUIRE(call->poll(b.now) == call_step::send);
    CHECK(call->attempt() == 2);
    auto const& second = call->request();
    CHECK(&first != &second);
    CHECK(second.target == first.target);
    CHECK(b.state->tokens.available() == 486);
    CHECK(call->poll(b.now + 1h) == call_step::receive); // there is no third attempt
    SUBCASE("the second one wins, and the first one is stopped") {
        call->handle_response(good, b.now, 2);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(!first.stop.stop_requested());
        auto const ended = call->take();
        CHECK(first.stop.stop_requested());
        CHECK(!second.stop.stop_requested());
        CHECK(ended.has_value());
        CHECK(ended.metadata().attempts == 2);
        CHECK(ended.metadata().failed_attempts.empty());
        CHECK(b.state->tokens.available() == 500);
        call->handle_transport_error({transport_errc::cancelled, true, {}}, b.now, 1); // ignored
    }
    SUBCASE("the failure of one is ignored while the other is in flight") {
        call->handle_response(busy, b.now, 1);
        CHECK(call->poll(b.now) == call_step::receive);
        call->handle_response(good, b.now, 1); // twice
        CHECK(call->poll(b.now) == call_step::receive);
        call->handle_response(good, b.now, 2);
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const ended = call->take();
        CHECK(ended.has_value());
        REQUIRE(ended.metadata().failed_attempts.size() == 1);
        CHECK(ended.metadata().failed_attempts[0].verdict == retry_verdict::hedged);
    }
    SUBCASE("if both fail, the call is retried as usual") {
        call->handle_transport_error(lost, b.now, 2);
        CHECK(call->poll(b.now) == call_step::receive);
        call->handle_transport_error(lost, b.now, 1);
        REQUIRE(call->poll(b.now) == call_step::wait);
        b.now += 50ms;
        REQUIRE(call->poll(b.now) == call_step::send);
        CHECK(call->attempt() == 3);
        call->handle_transport_error(lost, b.now, 3);
        REQUIRE(call->poll(b.now) == call_step::done);
        auto const failed = call->take().metadata().failed_attempts;
        REQUIRE(failed.size() == 3);
        CHECK(failed[0].attempt == 2);
        CHECK(failed[0].verdict == retry_verdict::hedged);
        CHECK(failed[1].verdict == retry_verdict::retried);
        CHECK(failed[2].verdict == retry_verdict::out_of_attempts);
    }
    SUBCASE("an error that is not retryable ends the call") {
        call->handle_response(parley::http_response{404, {}, R"({"message":"sunk"})"}, b.now, 2);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(call->take().error().is<weather::city_unknown>());
        CHECK(first.stop.stop_requested());
    }
    SUBCASE("cancellation reaches both") {
        b.stop.request_stop();
        CHECK(first.stop.stop_requested());
        CHECK(second.stop.stop_requested());
        call->handle_transport_error({transport_errc::cancelled, true, {}}, b.now, 1);
        call->handle_transport_error({transport_errc::cancelled, true, {}}, b.now, 2);
        REQUIRE(call->poll(b.now) == call_step::done);
        CHECK(condition_of(call->take()) == transport_errc::cancelled);
    }
}

TEST_CASE("call_machine: there is no hedged attempt for other operations, with few tokens, or without attempts left") {
    auto const hedges = []<class Op>(Op, bench& b) {
        b.settings.retry.hedge_after = 100ms;
        auto call = b.begin<Op>();
        REQUIRE(call->poll(b.now) == call_step::send);
        return call->poll(b.now + 100ms) == call_step::send;
    };
    bench b;
    CHECK(hedges(get_weather{}, b)); // a custom driver may have no token bucket
    b.share_state();
    CHECK(hedges(get_weather{}, b));
    CHECK(hedges(search{}, b));
    CHECK(!hedges(order{}, b));
    CHECK(!hedges(cancel_order{}, b));
    CHECK(b.state->tokens.take(b.state->tokens.available() - 250));
    CHECK(hedges(get_weather{}, b));
    CHECK(!hedges(get_weather{}, b)); // less than half of the tokens are left
    CHECK(b.state->tokens.available() == 236);
    b.state->tokens.give_back(500);
    b.settings.retry.max_attempts = 1;
    CHECK(!hedges(get_weather{}, b));
}

TEST_CASE("call_machine: unexpected wake-ups are ignored") {
    bench b;
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    call->handle_wake();
    CHECK(call->poll(b.now) == call_step::receive);
    call->handle_response(good, b.now);
    call->handle_wake();
    CHECK(call->poll(b.now) == call_step::done);
}

TEST_CASE("call_machine: time-outs beyond the range of the clock are no limit") {
    constexpr auto longest = std::chrono::milliseconds::max();
    bench b;
    b.now += 1h; // since the clock began
    b.settings.call_timeout = longest;
    b.settings.attempt_timeout = longest;
    b.settings.retry.hedge_after = longest;
    auto call = b.begin();
    REQUIRE(call->poll(b.now) == call_step::send);
    CHECK(call->request().deadline == std::chrono::steady_clock::time_point::max());
    call->handle_response(busy, b.now);
    CHECK(call->poll(b.now) == call_step::wait);
    CHECK(parley::retry_delay({.base = 1ms, .max_delay = longest}, 100, parley::retry_advice::transient, 0) == 0ms);
}

TEST_SUITE_END();
