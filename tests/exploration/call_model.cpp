// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The model of a call: what may happen at each step, and what it costs.
#include <exploration/call_kinds.hpp>

#include <algorithm>
#include <utility>

namespace exploration {

using parley::call_step;
using parley::repeatability;
using parley::retry_verdict;
using parley::transport_errc;

int call_world::under_way() const {
    return static_cast<int>(std::ranges::count_if(attempts_, [](sent_attempt const& a) { return a.under_way; }));
}

// The attempt that a completion is of; 0 if it is to be ignored.
int call_world::number_named(int attempt) const {
    if (done_ || ended_ != ending::none) return 0;
    for (int number = 1; number <= sent_; ++number) {
        if (attempts_[static_cast<std::size_t>(number)].under_way && (attempt == 0 || attempt == number)) return number;
    }
    return 0;
}

void call_world::sent() {
    auto const& plan = bench_.plan;
    int const number = machine_->attempt();
    bool const beside = under_way() != 0;
    require(!done_ && ended_ == ending::none, "nothing is sent after the call has ended");
    require(number == sent_ + 1, "attempts are numbered in order, and each is sent once");
    require(number <= std::max(plan.retry.max_attempts, 1), "no more attempts than the policy allows");
    require(!stopped(), "nothing is sent after the stop");
    require(bench_.now < deadline_, "nothing is sent after the deadline");
    if (beside) {
        require(plan.retry.hedge_after && plan.repeat == repeatability::readonly, "only readonly calls that hedge send beside");
        require(under_way() == 1, "at most two attempts are under way");
    } else if (number > 1) {
        require(promised_, "a further attempt is one that was promised");
        bool const unsafe = plan.repeat == repeatability::unsafe && plan.retry.respect_idempotency;
        require(!(unsafe && may_have_acted_), "what the peer may have acted on is not sent again without right");
    }
    require(!wait_end_ || woken_ || bench_.now >= *wait_end_, "nothing is sent before the wait is over");
    check_request(number);
    if (beside && !hedge_prepared_) take_for_hedge();
    if (beside || promised_) last_cost_ = pending_cost_;
    pending_cost_ = 0;
    hedge_prepared_ = promised_ = woken_ = false;
    wait_for_rate(false);
    wait_end_.reset();
    sent_ = number;
    attempts_[static_cast<std::size_t>(number)] = {true, machine_->request().stop,
                                                   machine_->request().deadline.value_or(time_point::max())};
    bench_.add_to_rate_history(1);
}

void call_world::check_request(int number) const {
    auto const& request = machine_->request();
    auto end = deadline_;
    // The time of the attempt begins before it is signed.
    if (bench_.plan.attempt_timeout) end = std::min(end, bench_.now + *bench_.plan.attempt_timeout);
    require(request.deadline.value_or(time_point::max()) == end, "a request has the deadline of its call and its attempt");
    require(!request.stop.stop_requested() && request.stop.stop_possible(), "a request has a stop token");
    require(number == 1 || request.stop != attempts_[static_cast<std::size_t>(number - 1)].stop || !bench_.plan.retry.hedge_after
                || bench_.plan.repeat != repeatability::readonly,
            "attempts that may run at the same time are stopped apart");
}

void call_world::waiting() {
    require(under_way() == 0, "the call does not wait while an attempt is under way");
    require(wait_end_.has_value(), "before_wait is told of each wait");
    require(machine_->wake_at() == *wait_end_ || woken_, "the wait takes as long as it was said");
    require(polls_ < 2 || machine_->wake_at() > bench_.now || ended_ != ending::none,
            "polling again makes a wait that is over end");
    require(polls_ < 2 || !stopped(), "a stop ends a wait");
}

void call_world::receiving() {
    require(under_way() != 0, "the call receives only while an attempt is under way");
    require(polls_ < 3 || machine_->wake_at() > bench_.now, "polling again makes the time of a hedge pass");
    drop_hedge();
}

// Something ran that may have taken a while; the attempt is sent by the next poll.
void call_world::prepared(call_step before) {
    require(polls_ < 2 || before != call_step::again, "polling again sends what is prepared");
    if (rate_wait_) bench_.add_to_rate_history(4); // its token was collected
    wait_for_rate(false);
    if (under_way() != 0) take_for_hedge(), hedge_prepared_ = true;
}

void call_world::take_for_hedge() {
    pending_cost_ = bench_.plan.retry.cost;
    if (bench_.plan.shared_state) bench_.tokens -= pending_cost_;
}

// A hedge that was prepared is not sent.
void call_world::drop_hedge() {
    if (std::exchange(hedge_prepared_, false)) return_tokens();
}

void call_world::return_tokens() {
    // Another call's success may have filled the bucket meanwhile.
    if (bench_.plan.shared_state) bench_.tokens = std::min(bench_.plan.retry.bucket, bench_.tokens + pending_cost_);
    pending_cost_ = 0;
}

void call_world::wait_for_rate(bool waits) {
    if (waits != rate_wait_) bench_.waiting += waits ? 1U : -1U;
    if (waits) bench_.add_to_rate_history(5);
    rate_wait_ = waits;
}

void call_world::ended_by_exception(bool answered) {
    ended_ = ending::exception;
    answered_ = answered;
    return_tokens();
    promised_ = hedge_prepared_ = false;
    wait_for_rate(false);
}

void call_world::done() {
    if (done_) return;
    int const ended_before = under_way();
    if (ended_ == ending::none) ended_ = ending::transport;
    done_ = true;
    return_tokens();
    promised_ = hedge_prepared_ = false;
    wait_for_rate(false);
    machine_->take_end();
    if (twin_) twin_->take_end();
    if (thrown_ && thrower_ == hook::at_end) {
        answered_ = ended_ == ending::error || ended_ == ending::output || answered_;
        ended_ = ending::exception;
    }
    require(ends_heard_ == 1, "at_end is told once");
    for (auto const& one : attempts_) {
        if (one.under_way) require(one.stop.stop_requested(), "attempts that are no longer needed are asked to stop");
    }
    require(ended_before == 0 || ended_ != ending::transport, "a call does not fail while an attempt is under way");
    check_outcome();
}

void call_world::check_outcome() const {
    require(reply_.has_value == (ended_ == ending::output), "there is an output if, and only if, one was decoded");
    require(reply_.has_value == (reply_.error.index() == static_cast<std::size_t>(-1)),
            "there is an output or an error, and not both");
    require(reply_.metadata.attempts == sent_, "the metadata count what was sent");
    require(static_cast<int>(reply_.metadata.failed_attempts.size()) == failures_, "the metadata have each failed attempt");
    for (auto const& one : reply_.metadata.failed_attempts) {
        require(one.attempt >= 1 && one.attempt <= sent_, "a failed attempt is one that was sent");
    }
    if (reply_.has_value) return;
    if (ended_ == ending::error || answered_) {
        require(reply_.error.sent() == parley::delivery::answered, "sent() is `answered` after an answer");
        return;
    }
    if (ended_ == ending::invalid_input) {
        require(reply_.error.index() == 0 && reply_.error.sent() == parley::delivery::not_sent,
                "an input that is invalid is not sent");
        return;
    }
    require(reply_.error.index() == 1, "a call without an answer ends as a transport failure");
    bool const seen = seen_ || under_way() != 0;
    require(reply_.error.sent() == (seen ? parley::delivery::possibly_sent : parley::delivery::not_sent),
            "sent() is `not_sent` if, and only if, no attempt may have been seen");
}

// A completion of an attempt that was under way: what must follow.
void call_world::accepted(event e, int number) {
    auto const& plan = bench_.plan;
    attempts_[static_cast<std::size_t>(number)].under_way = false;
    drop_hedge();
    bool const response = e.what == act::respond;
    auto const a = static_cast<answer>(e.how);
    bool const sent = response || kind_of(static_cast<failure>(e.how)).sent;
    seen_ = seen_ || sent;
    may_have_acted_ = may_have_acted_ || (response ? kind_of(a).acted : sent);
    bool const throttled = response ? a == answer::throttled : e.how == static_cast<std::uint8_t>(failure::throttled);
    bench_.add_to_rate_history(throttled ? 2 : 3);
    if (response && a == answer::success) {
        ended_ = ending::output;
        if (plan.shared_state)
            bench_.tokens = std::min(plan.retry.bucket, bench_.tokens + (last_cost_ != 0 ? last_cost_ : plan.retry.refund));
        require(failures_heard_ == 0, "a success is no failed attempt");
        return;
    }
    if (response && (a == answer::throws || a == answer::throws_int)) {
        ++failures_; // of which no interceptor hears
        return ended_by_exception(true);
    }
    require(failures_heard_ == 1, "after_failure is told once of each failed attempt");
    require(last_failure_.attempt == number, "a failure is that of the attempt that is named");
    check_verdict(e);
    if (last_failure_.verdict == retry_verdict::retried) {
        bool const timed_out = !response && kind_of(static_cast<failure>(e.how)).condition == transport_errc::timed_out;
        pending_cost_ = throttled ? plan.retry.throttled_cost : timed_out ? plan.retry.timeout_cost : plan.retry.cost;
        if (plan.shared_state) bench_.tokens -= pending_cost_;
        promised_ = true;
    } else if (last_failure_.verdict != retry_verdict::hedged) {
        bool const cancelled = last_failure_.verdict == retry_verdict::cancelled;
        ended_ = response && !cancelled ? ending::error : ending::transport;
    }
    if (thrown_) ended_by_exception(response);
}

// The verdict is the truth.
void call_world::check_verdict(event e) const {
    auto const& plan = bench_.plan;
    bool const response = e.what == act::respond;
    auto const f = static_cast<failure>(e.how);
    bool const retryable = response ? kind_of(static_cast<answer>(e.how)).retryable : kind_of(f).retryable;
    bool const acted = response ? kind_of(static_cast<answer>(e.how)).acted : kind_of(f).sent;
    bool const skewed = response && static_cast<answer>(e.how) == answer::skewed;
    bool const unsafe = plan.repeat == repeatability::unsafe && plan.retry.respect_idempotency;
    bool right = false;
    switch (last_failure_.verdict) {
    case retry_verdict::retried:
        right = retryable && sent_ < plan.retry.max_attempts && !stopped() && under_way() == 0 && !(unsafe && acted);
        break;
    case retry_verdict::not_retryable: right = !retryable || skewed; break;
    case retry_verdict::out_of_attempts: right = sent_ >= plan.retry.max_attempts; break;
    case retry_verdict::out_of_tokens:
        right = plan.shared_state && bench_.tokens < std::max(plan.retry.cost, plan.retry.timeout_cost);
        break;
    case retry_verdict::past_deadline: right = has_deadline(); break;
    case retry_verdict::not_idempotent: right = unsafe && acted; break;
    case retry_verdict::cancelled: right = stopped() || (!response && f == failure::cancelled); break;
    case retry_verdict::not_signed: break;
    case retry_verdict::hedged: right = under_way() != 0; break;
    case retry_verdict::exception: break; // of which no interceptor hears
    }
    require(right, "the verdict on a failed attempt is the truth");
}

// What was taken is given back, or spent by a retry that was made.
void call_world::check_ledger() const {
    if (!bench_.plan.shared_state) return;
    require(bench_.state->tokens.available() == bench_.tokens, "the bucket has the tokens that nobody spent");
    require(bench_.state->rate.read().waiting == bench_.waiting, "the rate has promised a token only to who waits for one");
}

// Interceptors change nothing but that the driver polls once more before an attempt.
void call_world::check_twin() {
    require(bench_.twin_state->tokens.available() == bench_.state->tokens.available()
                && bench_.twin_state->rate.read().waiting == bench_.waiting,
            "a call without interceptors takes the same tokens");
    if (!twin_) return;
    require(twin_->attempt() == machine_->attempt() && twin_->wake_at() == machine_->wake_at(),
            "a call without interceptors is as far");
    if (!done_) return;
    auto const verdicts = [](parley::failed_attempt const& a, parley::failed_attempt const& b) {
        return a.attempt == b.attempt && a.verdict == b.verdict && a.delay == b.delay;
    };
    require(twin_reply_.has_value == reply_.has_value && twin_reply_.error.index() == reply_.error.index()
                && (reply_.has_value || twin_reply_.error.sent() == reply_.error.sent())
                && twin_reply_.metadata.attempts == reply_.metadata.attempts
                && std::ranges::equal(twin_reply_.metadata.failed_attempts, reply_.metadata.failed_attempts, verdicts),
            "a call without interceptors ends the same way");
}

// Whatever came before, a stop ends the call, once the transport has given up what is under way.
void call_world::settle() {
    if (!machine_ || done_) return;
    stop_.request_stop();
    for (int number = 1; number <= sent_; ++number) {
        if (attempts_[static_cast<std::size_t>(number)].under_way)
            apply({act::fail, static_cast<std::uint8_t>(failure::cancelled), number});
    }
    for (int i = 0; i < 2 && !done_; ++i) apply({});
    require(done_, "after a stop, the call ends once no attempt is under way");
}

} // namespace exploration
