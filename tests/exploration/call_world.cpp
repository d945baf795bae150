// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#include <exploration/call_kinds.hpp>

#include <parley/http/headers.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace exploration {

using namespace std::chrono_literals;
using parley::call_step;

namespace {

// Wed, 15 Jan 2025 12:34:56 GMT
constexpr auto system_time = std::chrono::system_clock::time_point(1736944496s);
// Far from the epoch of the clock, and a whole number of seconds, which the rate limiter counts in.
constexpr auto start_time = call_world::time_point(1000s);

constexpr std::array<char const*, 6> signings{"",
                                              ", signing fails",
                                              ", signing throws",
                                              ", signing throws an int",
                                              ", signing takes until the deadline",
                                              ", a stop is requested during signing"};
constexpr std::array<char const*, 6> hooks{"",
                                           ", before_signing throws",
                                           ", before_sending throws",
                                           ", after_failure throws",
                                           ", before_wait throws",
                                           ", at_end throws"};
constexpr std::array<char const*, 5> boundaries{"just before wake_at", "wake_at", "just before the deadline", "the deadline",
                                                "the deadline of the attempt"};

parley::detail::operation_table const operation{};

} // namespace

call_bench::call_bench(call_case c) : plan(std::move(c)) {
    settings.endpoint.scheme = "https";
    settings.endpoint.host = "api.example.com";
    settings.retry = plan.retry;
    settings.random = [r = plan.random] { return r; };
    settings.system_now = [] { return system_time; };
    if (plan.signing || plan.slow_signing || plan.throwing || plan.skewed_clock)
        settings.sign = [this](parley::http_request&) { return current->sign_request(); };
    interceptors.push_back({});
    auto& all = interceptors.back();
    all.before_signing = [this](parley::http_request&, parley::attempt_context const&) {
        current->throw_from(call_world::hook::before_signing);
    };
    all.before_sending = [this](parley::http_request&, parley::attempt_context const&) {
        current->throw_from(call_world::hook::before_sending);
    };
    all.after_failure = [this](parley::failed_attempt const& f, parley::attempt_context const&) { current->hear_failure(f); };
    all.before_wait = [this](auto d, parley::wait_reason why, parley::attempt_context const&) { current->hear_wait(d, why); };
    all.at_end = [this](parley::call_end const& end, parley::attempt_context const&) { current->hear_end(end); };
    twin_settings = settings;
    settings.interceptors = interceptors;
}

void call_bench::restart() {
    now = start_time;
    waiting = 0;
    rate_history = {};
    if (!plan.shared_state) return;
    state.emplace(plan.retry, now);
    settings.state = &*state;
    tokens = state->tokens.available();
    twin_state.emplace(plan.retry, now);
    twin_settings.state = &*twin_state;
}

void call_bench::add_to_rate_history(int what) {
    rate_history.add(what);
    rate_history.add_time(now.time_since_epoch());
}

call_world::call_world(call_bench& bench) : bench_(bench) {
    bench_.current = this;
    if (bench_.plan.call_timeout) deadline_ = bench_.now + *bench_.plan.call_timeout;
    machine_ = make_machine(bench_.settings, reply_);
    if (bench_.plan.input == encoding::invalid_input) ended_ = ending::invalid_input;
    if (bench_.plan.input == encoding::throws) ended_ = ending::exception;
    if (bench_.plan.twin) twin_ = make_machine(bench_.twin_settings, twin_reply_);
}

std::unique_ptr<parley::detail::call_machine> call_world::make_machine(parley::call_settings const& settings, reply& to) {
    static constexpr parley::detail::client_engine engine{&encode, &decode};
    parley::detail::call_overrides terms(settings);
    terms.call_timeout = bench_.plan.call_timeout;
    terms.attempt_timeout = bench_.plan.attempt_timeout;
    terms.stop = stop_.get_token();
    parley::detail::outcome_parts const parts{this, nullptr, &to.error, &to.metadata, &to.has_value};
    auto machine = std::make_unique<parley::detail::call_machine>(operation, engine, settings, std::move(terms), parts);
    machine->start({this}, bench_.plan.repeat, bench_.now);
    return machine;
}

// ---- functions that the machine calls

bool call_world::encode(parley::detail::operation_table const&, parley::detail::input_ref input, parley::endpoint_url const&,
                        parley::encode_options const&, parley::http_request& out, std::vector<parley::violation>& errors) {
    auto const what = static_cast<call_world const*>(input.value)->bench_.plan.input;
    if (what == encoding::throws) throw std::runtime_error("the encoder throws");
    if (what == encoding::invalid_input) errors.push_back({parley::errc::invalid_value, "/name", "is wrong"});
    out.method = "POST";
    return what == encoding::good;
}

parley::detail::response_report call_world::decode(parley::detail::operation_table const&, parley::response_view const& response,
                                                   parley::decode_options const&, void* output, parley::detail::declared_error&) {
    using kind = parley::detail::response_report::kind;
    auto const& self = *static_cast<call_world*>(output);
    if (self.answer_ == answer::throws) throw std::runtime_error("the decoder throws");
    if (self.answer_ == answer::throws_int) throw 1;
    parley::detail::response_report report;
    report.status = response.status;
    if (self.answer_ == answer::success) report.what = kind::output;
    else report.what = self.answer_ == answer::undecodable ? kind::undecodable : kind::undeclared;
    return report;
}

std::optional<parley::signing_error> call_world::sign_request() {
    signed_ = true;
    switch (signing_) {
    case signing::good: break;
    case signing::fails: return parley::signing_error{"the signer fails"};
    case signing::throws: throw std::runtime_error("the signer throws");
    case signing::throws_int: throw 1;
    case signing::past_deadline: bench_.now = std::max(bench_.now, deadline_); break;
    case signing::until_stop: stop_.request_stop(); break;
    }
    return std::nullopt;
}

void call_world::throw_from(hook which) {
    if (thrower_ != which) return;
    thrown_ = true;
    throw std::runtime_error("an interceptor throws");
}

void call_world::note(bool holds, char const* promise) {
    if (!holds && !broken_) broken_ = promise;
}

void call_world::hear_failure(parley::failed_attempt const& record) {
    ++failures_heard_;
    ++failures_;
    last_failure_ = record;
    throw_from(hook::after_failure);
}

void call_world::hear_wait(duration length, parley::wait_reason why) {
    wait_for_rate(why == parley::wait_reason::rate);
    wait_end_ = bench_.now + length;
    woken_ = false;
    note(length >= duration::zero(), "no wait has a negative length");
    note(bench_.now + length < deadline_, "a wait that would pass the deadline is not started");
    throw_from(hook::before_wait);
}

void call_world::hear_end(parley::call_end const& end) {
    ++ends_heard_;
    note((end.result == parley::call_result::output) == (ended_ == ending::output), "at_end gets the end of the call");
    throw_from(hook::at_end);
}

// ---- events

std::vector<call_world::event> call_world::events() const {
    std::vector<event> all;
    if (!machine_) return all;
    auto const add = [&all](act what, auto how, int attempt = 0) {
        all.push_back({what, static_cast<std::uint8_t>(how), attempt});
    };
    if (!done_ || polls_ == 0) add(act::poll, signing::good);
    auto const& plan = bench_.plan;
    if (!done_ && plan.signing) add(act::poll, signing::fails);
    if (!done_ && plan.throwing) {
        add(act::poll, signing::throws), add(act::poll, signing::throws_int);
        for (auto const h : {hook::before_signing, hook::before_sending, hook::before_wait, hook::at_end})
            all.push_back({.thrower = h});
    }
    if (!done_ && plan.slow_signing && has_deadline()) add(act::poll, signing::past_deadline);
    if (!done_ && plan.slow_signing && !stopped()) add(act::poll, signing::until_stop);
    for (int number = 0; number <= sent_; ++number) add_completions(all, number);
    add_completions(all, never_sent);
    if (!done_ && !stopped()) add(act::stop, 0);
    if (!done_) {
        for (auto const where :
             {boundary::before_wake, boundary::wake, boundary::before_deadline, boundary::deadline, boundary::attempt_deadline}) {
            if (time_of(where) > bench_.now) add(act::advance, where);
        }
        // A timer uses its own clock and may fire early.
        if (armed_ != time_point::max() && armed_ == machine_->wake_at()) add(act::wake, 0);
    }
    if (plan.destruction || done_) add(act::destroy, 0);
    return all;
}

// All completions of an attempt in flight. For other attempts, two completions that must be ignored.
void call_world::add_completions(std::vector<event>& to, int attempt) const {
    auto const& plan = bench_.plan;
    auto const respond = [&](answer a) { to.push_back({act::respond, static_cast<std::uint8_t>(a), attempt}); };
    auto const fail = [&](failure f) { to.push_back({act::fail, static_cast<std::uint8_t>(f), attempt}); };
    if (attempt == 0 && under_way() > 1) return;
    respond(answer::success);
    fail(failure::reset);
    if (attempt == 0 || number_named(attempt) == 0) return;
    for (auto const a : {answer::refused, answer::broken, answer::throttled, answer::undecodable}) respond(a);
    if (plan.skewed_clock) respond(answer::skewed);
    if (plan.hints) respond(answer::hint), respond(answer::long_hint);
    if (plan.throwing) {
        respond(answer::throws), respond(answer::throws_int);
        for (auto const h : {hook::after_failure, hook::before_wait}) {
            respond(answer::broken), to.back().thrower = h;
            fail(failure::refused), to.back().thrower = h;
            fail(failure::reset), to.back().thrower = h;
        }
    }
    for (auto const f : {failure::refused, failure::timed_out, failure::timed_out_unsent, failure::cancelled, failure::throttled,
                         failure::other}) {
        fail(f);
    }
}

bool call_world::apply(event e) {
    bench_.current = this;
    thrower_ = e.thrower;
    thrown_ = false;
    bool const applies = happen(e);
    if (broken_) throw violation{broken_};
    if (!applies || (e.thrower != hook::none && !thrown_)) return false;
    check_ledger();
    if (bench_.plan.twin) check_twin();
    return true;
}

bool call_world::happen(event e) {
    if (e.what != act::poll) polls_ = 0;
    switch (e.what) {
    case act::poll: return poll(static_cast<signing>(e.how));
    case act::respond:
    case act::fail: complete(e); break;
    case act::stop: stop_.request_stop(); break;
    case act::advance: advance(static_cast<boundary>(e.how)); break;
    case act::wake:
        armed_ = time_point::max();
        woken_ = true;
        machine_->handle_wake();
        if (twin_) twin_->handle_wake();
        break;
    case act::destroy: destroy(); break;
    }
    return true;
}

// A changed signer is an event only if the machine calls it; the same holds for an interceptor that
// throws.
bool call_world::poll(signing how) {
    signing_ = how;
    signed_ = false;
    ++polls_;
    auto const before = step_;
    step_ = machine_->poll(bench_.now);
    if (twin_ && step_ == call_step::again) {
        prepared(before);
        step_ = machine_->poll(bench_.now);
    }
    if (twin_) require(twin_->poll(bench_.now) == step_, "a call without interceptors takes the same steps");
    if (how != signing::good && !signed_) return false;
    if (thrower_ != hook::none && !thrown_ && (thrower_ != hook::at_end || step_ != call_step::done || done_)) return false;
    if (thrown_) ended_by_exception(false);
    polled_ = true;
    switch (step_) {
    case call_step::send: sent(); break;
    case call_step::wait: waiting(); break;
    case call_step::receive: receiving(); break;
    case call_step::again: prepared(before); break;
    case call_step::done: done(); break;
    }
    // Starts a timer like the drivers do.
    auto const wake_at = machine_->wake_at();
    if ((step_ == call_step::wait || step_ == call_step::receive) && wake_at != time_point::max() && wake_at != time_point::min())
        armed_ = wake_at;
    return true;
}

void call_world::complete(event e) {
    int const number = number_named(e.attempt);
    failures_heard_ = 0;
    if (e.what == act::respond) {
        answer_ = static_cast<answer>(e.how);
        parley::http_response response{.status = kind_of(answer_).status, .fields = {}, .body = {}};
        if (answer_ == answer::skewed) response.fields.set("date", "Wed, 15 Jan 2025 13:34:56 GMT");
        if (answer_ == answer::hint) response.fields.set("retry-after", "1");
        if (answer_ == answer::long_hint) response.fields.set("retry-after", "100");
        parley::detail::read_response(std::move(response), [&](parley::response_view const& view) {
            machine_->handle_response(view, e.attempt, bench_.now);
            if (twin_) twin_->handle_response(view, e.attempt, bench_.now);
        });
    } else {
        auto const& kind = kind_of(static_cast<failure>(e.how));
        machine_->handle_transport_error({kind.condition, kind.sent, "text"}, e.attempt, bench_.now);
        if (twin_) twin_->handle_transport_error({kind.condition, kind.sent, "text"}, e.attempt, bench_.now);
    }
    if (number != 0) return accepted(e, number);
    require(failures_heard_ == 0, "a late, repeated or unexpected completion is ignored");
    if (done_) check_outcome();
}

call_world::time_point call_world::time_of(boundary where) const {
    constexpr auto least = duration(1);
    auto const wake_at = machine_->wake_at();
    bool const wakes = wake_at != time_point::max() && wake_at != time_point::min() && wake_at != time_point{};
    switch (where) {
    case boundary::before_wake: return wakes ? wake_at - least : time_point::min();
    case boundary::wake: return wakes ? wake_at : time_point::min();
    case boundary::before_deadline: return has_deadline() ? deadline_ - least : time_point::min();
    case boundary::deadline: return has_deadline() ? deadline_ : time_point::min();
    case boundary::attempt_deadline: break;
    }
    auto last = time_point::min();
    for (auto const& one : attempts_) {
        if (one.under_way && one.deadline != time_point::max()) last = one.deadline;
    }
    return last;
}

void call_world::advance(boundary where) { bench_.now = time_of(where); }

// A coroutine or an exchange that is destroyed before its end.
void call_world::destroy() {
    machine_.reset();
    twin_.reset();
    if (!done_) return_tokens();
    wait_for_rate(false);
}

void call_world::sign(signature& s) const {
    s.add(machine_ ? 1 : 0);
    s.add(bench_.plan.shared_state ? bench_.state->tokens.available() : 0);
    s.add(done_);
    s.add(sent_);
    if (!machine_) return;
    s.add(static_cast<int>(step_));
    s.add(polled_);
    s.add(std::min(polls_, 3));
    s.add(static_cast<int>(ended_));
    if (done_) return; // only late completions are possible
    s.add(stopped());
    for (auto const& one : attempts_) {
        s.add(one.under_way);
        s.add_time(one.under_way && one.deadline != time_point::max() ? one.deadline - bench_.now : duration(-1));
    }
    for (bool const b :
         {seen_, may_have_acted_, promised_, woken_, rate_wait_, wait_end_.has_value(), hedge_prepared_, answered_})
        s.add(b);
    s.add(failures_ > 0 ? static_cast<int>(last_failure_.verdict) : -1);
    s.add(pending_cost_);
    s.add(last_cost_);
    auto const wake_at = machine_->wake_at();
    bool const wakes = wake_at != time_point::max() && wake_at != time_point::min() && wake_at != time_point{};
    s.add(wake_at == time_point::min() ? 1 : wake_at == time_point::max() ? 2 : 0);
    s.add_time(wakes ? std::max(wake_at - bench_.now, duration(0)) : duration(0));
    s.add(armed_ != time_point::max() && armed_ == wake_at);
    s.add_time(has_deadline() ? std::max(deadline_ - bench_.now, duration(0)) : duration(0));
    s.add(bench_.plan.shared_state ? bench_.state->clock.value().count() : 0);
    if (bench_.plan.retry.mode == parley::retry_mode::adaptive) {
        s.add_time(bench_.now.time_since_epoch());
        s.add(static_cast<std::int64_t>(signature::hash()(bench_.rate_history)));
    }
}

std::string call_world::name(event e) {
    auto const which = e.attempt == 0 ? std::string() : " to attempt " + std::to_string(e.attempt);
    auto const* const throws = hooks[static_cast<std::size_t>(e.thrower)];
    switch (e.what) {
    case act::poll: return std::string("poll") + signings[e.how] + throws;
    case act::respond: return std::string("response ") + answers[e.how].name + which + throws;
    case act::fail: return std::string("transport error ") + failures[e.how].name + which + throws;
    case act::stop: return "stop";
    case act::advance: return std::string("time passes to ") + boundaries[e.how];
    case act::wake: return "the timer wakes the call";
    case act::destroy: return "the call is destroyed";
    }
    return {};
}

std::vector<two_calls::event> two_calls::events() const {
    std::vector<event> all;
    for (std::size_t i = 0; i < calls_.size(); ++i) {
        for (auto const& what : calls_[i]->events()) all.push_back({i, what});
    }
    return all;
}

void two_calls::sign(signature& s) const {
    for (auto const& call : calls_) call->sign(s);
}

void two_calls::settle() {
    for (auto const& call : calls_) call->settle();
}

census explore_calls(call_case const& plan, int depth, bool merge) {
    call_bench bench(plan);
    return explore(
        [&bench] {
            bench.restart();
            return std::make_unique<call_world>(bench);
        },
        depth, merge);
}

census explore_two_calls(call_case const& plan, int depth) {
    call_bench bench(plan);
    return explore(
        [&bench] {
            bench.restart();
            return std::make_unique<two_calls>(bench);
        },
        depth);
}

std::string replay_call(call_case const& plan, std::vector<call_world::event> const& events) {
    call_bench bench(plan);
    bench.restart();
    call_world call(bench);
    try {
        for (auto const& e : events) {
            if (!call.apply(e)) return call_world::name(e) + " is not possible";
        }
        call.settle();
    } catch (violation const& broken) { return broken.promise; }
    return {};
}

} // namespace exploration
