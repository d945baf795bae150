// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The model of a call: the possible results of each step, and their tokens.
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

// Returns the attempt that a completion belongs to; 0 if the completion is ignored.
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
        require(plan.retry.hedge_after && plan.repeat == repeatability::readonly,
                "only hedged readonly calls have two attempts in flight");
        require(under_way() == 1, "at most two attempts are in flight");
    } else if (number > 1) {
        require(promised_, "a further attempt was announced");
        bool const unsafe = plan.repeat == repeatability::unsafe && plan.retry.respect_idempotency;
        require(!(unsafe && may_have_acted_),
                "a request that the server may have processed is not retried unless that is allowed");
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
    // The time-out of the attempt begins before it is signed.
    if (bench_.plan.attempt_timeout) end = std::min(end, bench_.now + *bench_.plan.attempt_timeout);
    require(request.deadline.value_or(time_point::max()) == end, "a request has the deadline of its call and its attempt");
    require(!request.stop.stop_requested() && request.stop.stop_possible(), "a request has a stop token");
    require(number == 1 || request.stop != attempts_[static_cast<std::size_t>(number - 1)].stop || !bench_.plan.retry.hedge_after
                || bench_.plan.repeat != repeatability::readonly,
            "concurrent attempts have separate stop tokens");
}

void call_world::waiting() {
    require(under_way() == 0, "the call does not wait while an attempt is in flight");
    require(wait_end_.has_value(), "before_wait is called for each wait");
    require(machine_->wake_at() == *wait_end_ || woken_, "the wait has the announced length");
    require(polls_ < 2 || machine_->wake_at() > bench_.now || ended_ != ending::none, "a poll after the end of a wait ends it");
    require(polls_ < 2 || !stopped(), "a stop ends a wait");
}

void call_world::receiving() {
    require(under_way() != 0, "the call receives only while an attempt is in flight");
    require(polls_ < 3 || machine_->wake_at() > bench_.now, "a poll after the time of a hedged attempt resets it");
    drop_hedge();
}

// A signer or an interceptor ran, which may have taken a while; the next poll sends the attempt.
void call_world::prepared(call_step before) {
    require(polls_ < 2 || before != call_step::again, "a second poll sends the prepared attempt");
    if (rate_wait_) bench_.add_to_rate_history(4); // its reserved token was taken
    wait_for_rate(false);
    if (under_way() != 0) take_for_hedge(), hedge_prepared_ = true;
}

void call_world::take_for_hedge() {
    pending_cost_ = bench_.plan.retry.cost;
    if (bench_.plan.shared_state) bench_.tokens -= pending_cost_;
}

// A prepared hedged attempt is not sent.
void call_world::drop_hedge() {
    if (std::exchange(hedge_prepared_, false)) return_tokens();
}

void call_world::return_tokens() {
    // The success of another call may have filled the bucket meanwhile.
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
    require(ends_heard_ == 1, "at_end is called once");
    for (auto const& one : attempts_) {
        if (one.under_way) require(one.stop.stop_requested(), "attempts that are no longer needed get a stop request");
    }
    require(ended_before == 0 || ended_ != ending::transport, "a call does not fail while an attempt is in flight");
    check_outcome();
}

void call_world::check_outcome() const {
    require(reply_.has_value == (ended_ == ending::output), "there is an output if and only if one was decoded");
    require(reply_.has_value == (reply_.error.index() == static_cast<std::size_t>(-1)),
            "there is an output or an error, and not both");
    require(reply_.metadata.attempts == sent_, "the metadata count the attempts");
    require(static_cast<int>(reply_.metadata.failed_attempts.size()) == failures_, "the metadata have each failed attempt");
    for (auto const& one : reply_.metadata.failed_attempts) {
        require(one.attempt >= 1 && one.attempt <= sent_, "a failed attempt is one that was sent");
    }
    if (reply_.has_value) return;
    if (ended_ == ending::error || answered_) {
        require(reply_.error.sent() == parley::delivery::answered, "sent() is `answered` after a response");
        return;
    }
    if (ended_ == ending::invalid_input) {
        require(reply_.error.index() == 0 && reply_.error.sent() == parley::delivery::not_sent, "an invalid input is not sent");
        return;
    }
    require(reply_.error.index() == 1, "a call without a response ends as a transport failure");
    bool const seen = seen_ || under_way() != 0;
    require(reply_.error.sent() == (seen ? parley::delivery::possibly_sent : parley::delivery::not_sent),
            "sent() is `not_sent` if and only if no attempt may have been seen");
}

// Checks the step after the completion of an attempt in flight.
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
        ++failures_; // interceptors are not notified of it
        return ended_by_exception(true);
    }
    require(failures_heard_ == 1, "after_failure is called once for each failed attempt");
    require(last_failure_.attempt == number, "a failure has the number of its attempt");
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

// The verdict must be true.
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
    case retry_verdict::exception: break; // interceptors are not notified of it
    }
    require(right, "the verdict on a failed attempt is true");
}

// Tokens are returned, or spent by a retry that was sent.
void call_world::check_ledger() const {
    if (!bench_.plan.shared_state) return;
    require(bench_.state->tokens.available() == bench_.tokens, "the bucket has all tokens that are not spent");
    require(bench_.state->rate.read().waiting == bench_.waiting, "the rate limiter has a reservation only for a waiting attempt");
}

// With interceptors, the driver polls once more before an attempt; nothing else changes.
void call_world::check_twin() {
    require(bench_.twin_state->tokens.available() == bench_.state->tokens.available()
                && bench_.twin_state->rate.read().waiting == bench_.waiting,
            "a call without interceptors takes the same tokens");
    if (!twin_) return;
    require(twin_->attempt() == machine_->attempt() && twin_->wake_at() == machine_->wake_at(),
            "a call without interceptors is in the same step");
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

// A stop ends the call in any state, after the transport has ended the attempts in flight.
void call_world::settle() {
    if (!machine_ || done_) return;
    stop_.request_stop();
    for (int number = 1; number <= sent_; ++number) {
        if (attempts_[static_cast<std::size_t>(number)].under_way)
            apply({act::fail, static_cast<std::uint8_t>(failure::cancelled), number});
    }
    for (int i = 0; i < 2 && !done_; ++i) apply({});
    require(done_, "after a stop, the call ends when no attempt is in flight");
}

} // namespace exploration
