// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_IPP
#define PARLEY_EXCHANGE_CALL_MACHINE_IPP

#include <parley/core/detail/add_time.hpp>
#include <parley/core/detail/lower_case.hpp>
#include <parley/exchange/call_machine.hpp>
#include <parley/exchange/retry_after.hpp>
#include <parley/exchange/thrown.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

namespace exchange_impl {

// RFC 9110, section 9.2: "GET, HEAD, OPTIONS, and TRACE methods are defined to be safe"; "PUT, DELETE, and safe request methods
// are idempotent".
inline repeatability repeatability_of_method(std::string_view method) noexcept {
    for (std::string_view const safe : {"GET", "HEAD", "OPTIONS", "TRACE"}) {
        if (method == safe) return repeatability::readonly;
    }
    return method == "PUT" || method == "DELETE" ? repeatability::idempotent : repeatability::unsafe;
}

// The text that the views of an output refer to: the body, and copies of the strings that contain escapes.
struct kept_body {
    std::string body;
    std::pmr::monotonic_buffer_resource unescaped;
};

} // namespace exchange_impl

call_overrides::call_overrides(call_settings const& settings, request_decorator const* d)
    : endpoint(&settings.endpoint), signing_region(settings.signing_region), signing_name(settings.signing_name), decorator(d),
      call_timeout(settings.call_timeout), attempt_timeout(settings.attempt_timeout), stop(settings.stop) {}

call_machine::call_machine(operation_table const& op, client_engine const& engine, call_settings const& settings,
                           call_overrides overrides, outcome_parts const& outcome) noexcept
    : op_(&op), engine_(&engine), settings_(&settings), overrides_(std::move(overrides)), outcome_(outcome) {}
// A call that is destroyed before its end returns its tokens and its reservation.
call_machine::~call_machine() {
    if (step_ == call_step::done) return;
    if (pause_ == pause::for_rate) settings_->state->rate.cancel();
    return_tokens();
}

void call_machine::start(input_ref input, repeatability repeat, time_point now) noexcept try {
    if (overrides_.call_timeout) deadline_ = add_time(now, *overrides_.call_timeout);
    constexpr std::size_t usual = 8; // fields that the protocol, the settings and a signer set in most requests
    request_.fields.reserve(usual);
    // The endpoint is passed separately to avoid a copy.
    encode_options const options{{}, settings_->host_prefix, settings_->strictness, &settings_->gzip, settings_->gzip_threshold};
    if (!engine_->encode_request(*op_, input, *overrides_.endpoint, options, request_, violations_)) {
        finish(ending::invalid_input, call_phase::before);
        return;
    }
    repeat_ = std::max(repeat, exchange_impl::repeatability_of_method(request_.method));
    request_.stop = overrides_.stop;
    set_header_fields();
} catch (...) { end_by_exception(call_phase::before); }

void call_machine::set_header_fields() {
    for (auto const* fields : {overrides_.fields, &settings_->fields}) {
        if (!fields) continue;
        for (auto const& field : *fields) request_.fields.set(field.name, field.value);
    }
    if (!settings_->user_agent.empty()) request_.fields.set("user-agent", settings_->user_agent);
    if (overrides_.decorator) overrides_.decorator->decorate_call(request_, settings_->user_agent, settings_->uuid);
}

call_step call_machine::poll(time_point now) noexcept try {
    if (step_ == call_step::done) return step_;
    if (in_flight()) {
        step_ = call_step::receive;
        if (prepared_ != 0) launch_hedge(now);
        else if (now >= wake_at_) begin_hedge(now);
        return step_;
    }
    bool const stopped = overrides_.stop.stop_requested();
    if (pause_ == pause::before_error) {
        if (stopped || now >= wake_at_) step_ = call_step::done;
    } else if (stopped) {
        cancel();
    } else if (deadline_ && now >= *deadline_) {
        give_up(transport_errc::timed_out, "call timed out before the attempt was sent", retry_verdict::past_deadline);
    } else if (prepared_ != 0) {
        launch(0, now);
    } else if (step_ != call_step::wait || now >= wake_at_) {
        step_ = call_step::send;
        if (!wait_for_rate(now) && prepare(0, now)) launch(0, now);
    }
    return step_;
} catch (...) {
    handle_exception();
    return step_;
}

// Reserves a token of the send rate in adaptive mode. Returns true if the attempt has to wait, or if the call ended because the wait
// would pass the deadline.
bool call_machine::wait_for_rate(time_point now) {
    if (!adaptive()) return false;
    if (pause_ == pause::for_rate) return settings_->state->rate.commit(now), pause_ = pause::none, false;
    auto const wait = settings_->state->rate.reserve(now);
    if (wait <= duration::zero()) return false;
    pause_ = pause::for_rate;
    if (deadline_ && now + wait >= *deadline_) {
        give_up(transport_errc::timed_out, "the client-side rate limit delays the attempt past the deadline",
                retry_verdict::past_deadline);
        return true;
    }
    metadata_.rate_delay += wait;
    begin_wait(now, wait, pause::for_rate);
    return true;
}

void call_machine::begin_wait(time_point now, duration length, pause reason) {
    pause_ = reason;
    wake_at_ = now + length;
    step_ = call_step::wait;
    notify(&interceptor::before_wait, metadata_.attempts, length,
           reason == pause::for_rate ? wait_reason::rate : wait_reason::retry);
}

std::optional<call_machine::time_point> call_machine::attempt_deadline(time_point now) const noexcept {
    if (!overrides_.attempt_timeout) return deadline_;
    auto const end = add_time(now, *overrides_.attempt_timeout);
    return deadline_ ? std::min(*deadline_, end) : end;
}

// Prepares and signs the request of the next attempt. Returns whether it can be launched at once. If not, either the call has ended,
// or an interceptor or a signer ran, which may have taken a while: the driver then polls again, so that the stop token and the
// deadline are checked before anything is sent.
bool call_machine::prepare(std::size_t place, time_point now) {
    bool const hedge = settings_->retry.hedge_after && repeat_ == repeatability::readonly && settings_->retry.max_attempts > 1;
    // Replaced for each attempt: the transport may still use the stop tokens of the previous one.
    if (hedge && place == 0) hedging_ = std::make_unique<hedging>(overrides_.stop);
    auto& request = place == 0 ? request_ : hedging_->second;
    if (hedge) request.stop = hedging_->sources[place].get_token();
    request.deadline = attempt_deadline(now);
    int const number = metadata_.attempts + 1;
    if (overrides_.decorator) overrides_.decorator->decorate_attempt(request, number, settings_->retry.max_attempts);
    prepared_ = number;
    prepared_at_ = now;
    bool took_time = notify(&interceptor::before_signing, number, request) || settings_->sign;
    if (auto error = sign(request, number)) {
        prepared_ = 0;
        if (place != 0) return false;
        if (overrides_.stop.stop_requested()) cancel();
        else give_up(error->condition, std::move(error->text), retry_verdict::not_signed);
        return false;
    }
    took_time = notify(&interceptor::before_sending, number, request) || took_time;
    if (took_time) step_ = call_step::again;
    return !took_time;
}

void call_machine::launch(std::size_t place, time_point now) noexcept {
    auto& request = place == 0 ? request_ : hedging_->second;
    // The time-out of the attempt begins now, unless an interceptor has set another deadline.
    if (now != prepared_at_ && request.deadline == attempt_deadline(prepared_at_)) request.deadline = attempt_deadline(now);
    metadata_.attempts = attempts_[place] = std::exchange(prepared_, 0);
    held_tokens_ = 0;
    newest_ = &request;
    pause_ = pause::none;
    retry_pending_ = false;
    wake_at_ = hedging_ && place == 0 ? add_time(now, *settings_->retry.hedge_after) : time_point::max();
    step_ = call_step::send;
}

// Starts a hedged attempt if at least half of the retry tokens are left. Hedging is meant for occasional slow responses; it must not
// add load to a server that is slow all the time.
[[gnu::cold]] void call_machine::begin_hedge(time_point now) {
    wake_at_ = time_point::max();
    if (!hedging_ || attempts_[0] == 0 || attempts_[1] != 0) return;
    if (metadata_.attempts >= settings_->retry.max_attempts || overrides_.stop.stop_requested()) return;
    auto* const state = settings_->state;
    int const cost = settings_->retry.cost;
    if (adaptive() && state->rate.wait_at(now) > duration::zero()) return;
    if (state && (state->tokens.available() < state->tokens.capacity() / 2 || !state->tokens.take(cost))) return;
    held_tokens_ = cost;
    hedging_->second = request_;
    if (prepare(1, now)) launch_hedge(now);
    else if (prepared_ == 0) return_tokens();
}

[[gnu::cold]] void call_machine::launch_hedge(time_point now) noexcept {
    if (overrides_.stop.stop_requested() || (deadline_ && now >= *deadline_)) {
        prepared_ = 0;
        return return_tokens();
    }
    if (adaptive()) settings_->state->rate.reserve(now);
    last_cost_ = held_tokens_;
    launch(1, now);
}

// Returns the tokens of an attempt that is not launched.
[[gnu::cold]] void call_machine::return_tokens() noexcept {
    int const held = std::exchange(held_tokens_, 0);
    if (held != 0 && settings_->state) settings_->state->tokens.give_back(held);
}

std::optional<signing_error> call_machine::sign(http_request& request, int attempt) {
    if (!settings_->sign) return std::nullopt;
    clock_offset_ = settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0);
    try {
        return settings_->sign(
            request, {peer_now(), attempt, overrides_.signing_region, overrides_.signing_name, deadline_, request.stop});
    } catch (...) { return signing_error{text_of_exception()}; }
}

// Returns the time of the server's clock.
std::chrono::system_clock::time_point call_machine::peer_now() const {
    if (!settings_->system_now) return {};
    return settings_->system_now() + (settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0));
}

// Returns whether the attempt was signed with a wrong time. If so, the clock offset has been corrected.
bool call_machine::observe_clock(response_view const& response) {
    if (!settings_->sign || !settings_->state || !settings_->system_now) return false;
    auto const date = response.header("date");
    return date && settings_->state->clock.observe(*date, settings_->system_now(), clock_offset_);
}

// Returns the number of the attempt that ended, or 0 if no such attempt is in flight (the transport completed it twice).
int call_machine::end_attempt(int attempt) noexcept {
    if (step_ == call_step::done) return 0;
    for (auto& number : attempts_) {
        if (number == 0 || (attempt != 0 && number != attempt)) continue;
        metadata_.status = 0;
        metadata_.request_id.clear();
        metadata_.extended_request_id.clear();
        metadata_.cf_id.clear();
        return std::exchange(number, 0);
    }
    return 0;
}

call_end call_machine::current_end() const noexcept {
    call_end end{.metadata = metadata_};
    switch (ending_) {
    case ending::none:
    case ending::output: break;
    case ending::invalid_input: end.result = call_result::invalid_input, end.sent = delivery::not_sent; break;
    case ending::transport:
        end.result = call_result::transport_failure, end.condition = transport_.condition, end.sent = transport_.sent;
        break;
    case ending::error: end.result = call_result::error, end.code = report_.code; break;
    case ending::exception:
        end.result = call_result::transport_failure, end.condition = transport_errc::exception, end.sent = outcome_.error->sent();
        break;
    }
    return end;
}

// An interceptor that throws changes the end that the next interceptors see.
void call_machine::notify_end() noexcept {
    for (auto const& one : settings_->interceptors) {
        if (!one.at_end) continue;
        auto const end = current_end();
        try {
            one.at_end(end, attempt_context(*op_, metadata_.attempts));
        } catch (...) {
            *outcome_.error = error_of_exception(end.sent);
            ending_ = ending::exception;
        }
    }
}

[[gnu::cold]] call_error_state call_machine::take_error() {
    if (ending_ == ending::error) {
        auto response = view_of(response_);
        response.owned = &response_.body;
        return make_call_error(std::move(report_), std::move(declared_), response);
    }
    if (ending_ != ending::invalid_input) return call_error_state(std::move(transport_));
    invalid_input error;
    data_error all{std::move(violations_)};
    error.message = all.message();
    error.violations = std::move(all.violations);
    return call_error_state(std::move(error));
}

void call_machine::take_end() noexcept {
    for (std::size_t place = 0; hedging_ && place < attempts_.size(); ++place) {
        if (attempts_[place] != 0) hedging_->sources[place].request_stop();
    }
    notify_end();
    *outcome_.has_value = ending_ == ending::output;
    if (ending_ != ending::output && ending_ != ending::exception) {
        auto const sent = current_end().sent;
        try {
            *outcome_.error = take_error();
        } catch (...) { *outcome_.error = error_of_exception(sent); }
    }
    *outcome_.metadata = std::move(metadata_);
}

void call_machine::finish(ending kind, call_phase phase) noexcept {
    ending_ = kind;
    metadata_.ended = phase;
    step_ = pause_ == pause::before_error ? call_step::wait : call_step::done;
}

[[gnu::cold]] void call_machine::handle_exception(int attempt) noexcept {
    if (step_ == call_step::done) return;
    if (attempt != 0 && attempts_[0] != attempt && attempts_[1] != attempt) return;
    auto phase = metadata_.attempts == 0 ? call_phase::before : call_phase::between;
    if (in_flight()) phase = call_phase::sending;
    else if (ending_ == ending::error) phase = call_phase::answered; // during the wait before the error
    end_by_exception(phase);
}

// `attempt` is the attempt whose end was being handled, or 0.
[[gnu::cold]] void call_machine::end_by_exception(call_phase phase, int attempt) noexcept {
    // The exception is recorded first: the code below catches exceptions of its own.
    if (phase == call_phase::sending || in_flight()) maybe_sent_ = true;
    auto const otherwise = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    *outcome_.error = error_of_exception(phase == call_phase::answered ? delivery::answered : otherwise);
    if (pause_ == pause::for_rate) settings_->state->rate.cancel();
    pause_ = pause::none;
    prepared_ = 0;
    retry_pending_ = false;
    return_tokens();
    auto& failed = metadata_.failed_attempts;
    if (!failed.empty() && failed.back().verdict == retry_verdict::retried && failed.back().attempt == metadata_.attempts)
        failed.back().verdict = retry_verdict::exception;
    finish(ending::exception, phase);
    if (attempt == 0 || (!failed.empty() && failed.back().attempt == attempt)) return;
    try {
        failed.push_back({.attempt = attempt,
                          .status = metadata_.status,
                          .condition = transport_errc::exception,
                          .code = {},
                          .verdict = retry_verdict::exception});
    } catch (...) { // the outcome reports the exception without this record
    }
}

[[gnu::cold]] void call_machine::fail(transport_errc condition, call_phase phase, std::string text) {
    transport_error const error{condition, maybe_sent_, std::move(text)};
    transport_.condition = condition;
    transport_.message = error.message();
    transport_.sent = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    finish(ending::transport, phase);
}

// Ends the call before its next attempt and returns the tokens of that attempt.
[[gnu::cold]] void call_machine::give_up(transport_errc condition, std::string text, retry_verdict verdict) {
    if (pause_ == pause::for_rate) settings_->state->rate.cancel();
    pause_ = pause::none;
    return_tokens();
    if (std::exchange(retry_pending_, false)) metadata_.failed_attempts.back().verdict = verdict;
    fail(condition, metadata_.attempts == 0 ? call_phase::before : call_phase::between, std::move(text));
}

[[gnu::cold]] void call_machine::cancel() {
    auto const number = std::to_string(metadata_.attempts);
    std::string text = "after attempt " + number;
    if (step_ == call_step::wait) text = "during the wait " + text;
    give_up(transport_errc::cancelled, metadata_.attempts == 0 ? "before the first attempt" : text, retry_verdict::cancelled);
}

retry_verdict call_machine::classify(failed_attempt const& failure, bool may_have_acted) const noexcept {
    auto const& policy = settings_->retry;
    if (in_flight() && (failure.advice != retry_advice::none || failure.condition)) return retry_verdict::hedged;
    if (failure.condition == transport_errc::cancelled) return retry_verdict::cancelled;
    if (failure.advice == retry_advice::none) return retry_verdict::not_retryable;
    if (failure.attempt >= policy.max_attempts || metadata_.attempts >= policy.max_attempts)
        return retry_verdict::out_of_attempts;
    if (policy.respect_idempotency && may_have_acted && repeat_ == repeatability::unsafe) return retry_verdict::not_idempotent;
    if (overrides_.stop.stop_requested()) return retry_verdict::cancelled;
    return retry_verdict::retried;
}

[[gnu::cold]] std::chrono::milliseconds call_machine::delay_after(failed_attempt const& failure,
                                                                  response_view const* response) const {
    auto const random = settings_->random ? settings_->random() : 0.5;
    auto const delay = retry_delay(settings_->retry, metadata_.attempts, failure.advice, random);
    if (!response) return delay;
    auto const hint = read_retry_after(*response, peer_now());
    // For "Infinity", the reference implementation computes NaN, which its timer treats as the shortest delay.
    if (settings_->strictness == strictness::compatible && hint && !std::isfinite(*hint)) return std::chrono::milliseconds(1);
    return apply_retry_after(settings_->retry, delay, hint);
}

// Takes the tokens for a retry. Returns the delay before the retry or the error, or `nullopt` if the call ends at once.
[[gnu::cold]] std::optional<std::chrono::milliseconds>
call_machine::acquire_retry_tokens(failed_attempt& failure, response_view const* response, time_point now) {
    auto* const state = settings_->state;
    int const cost = retry_cost(settings_->retry, failure.advice);
    if (failure.verdict != retry_verdict::retried) return std::nullopt;
    bool const paid = !state || state->tokens.take(cost);
    if (!paid) failure.verdict = retry_verdict::out_of_tokens;
    if (!paid && !settings_->retry.long_polling) return std::nullopt;
    if (paid) held_tokens_ = cost;
    auto const delay = delay_after(failure, response);
    auto const end = now + delay;
    // A wait that would pass the deadline is not started: the error of the attempt says more than a time-out.
    if (deadline_ && end + (adaptive() ? state->rate.wait_at(end) : duration::zero()) >= *deadline_) {
        return_tokens();
        if (paid) failure.verdict = retry_verdict::past_deadline;
        return std::nullopt;
    }
    if (paid) last_cost_ = cost;
    failure.delay = delay;
    return delay;
}

// Returns false if the call ends with this failure.
[[gnu::cold]] bool call_machine::retry(failed_attempt failure, bool may_have_acted, response_view const* response,
                                       time_point now) {
    if (std::exchange(prepared_, 0) != 0) return_tokens(); // a hedged attempt that is no longer needed
    failure.verdict = classify(failure, may_have_acted);
    auto const delay = acquire_retry_tokens(failure, response, now);
    metadata_.failed_attempts.push_back(std::move(failure));
    auto const& record = metadata_.failed_attempts.back();
    notify(&interceptor::after_failure, record.attempt, record);
    if (delay) {
        metadata_.total_retry_delay += *delay;
        retry_pending_ = record.verdict == retry_verdict::retried;
        begin_wait(now, *delay, retry_pending_ ? pause::before_retry : pause::before_error);
    }
    return record.verdict == retry_verdict::retried || record.verdict == retry_verdict::hedged;
}

void call_machine::handle_response(response_view response, int attempt, time_point now) noexcept {
    int const number = end_attempt(attempt);
    if (number == 0) return;
    maybe_sent_ = true;
    metadata_.status = response.status;
    try {
        decode(response, number, now);
    } catch (...) { end_by_exception(call_phase::answered, number); }
}

void call_machine::decode(response_view& response, int number, time_point now) {
    auto const& all = settings_->interceptors;
    if (std::any_of(all.begin(), all.end(), [](interceptor const& one) { return static_cast<bool>(one.before_decoding); })) {
        response_ = keep(response);
        notify(&interceptor::before_decoding, number, response_);
        response = view_of(response_);
        response.owned = &response_.body;
        metadata_.status = response.status;
    }
    decode_options options{settings_->strictness, settings_->limits, true};
    std::shared_ptr<exchange_impl::kept_body> text;
    if (outcome_.text) {
        text = std::make_shared<exchange_impl::kept_body>();
        text->body = response.owned ? std::move(*response.owned) : std::string(response.body);
        response.body = text->body;
        response.owned = &text->body;
        options.memory = &text->unescaped;
    }
    report_ = engine_->decode_response(*op_, response, options, outcome_.output, declared_);
    read_ids(response);
    metadata_.tolerated = std::move(report_.tolerated);
    bool const clock_corrected = observe_clock(response);
    if (report_.what == response_report::kind::output) process_output(std::move(text), now);
    else process_error(response, number, clock_corrected, now);
}

void call_machine::process_output(std::shared_ptr<void const> text, time_point now) {
    auto* const state = settings_->state;
    if (std::exchange(prepared_, 0) != 0) return_tokens();
    if (state) state->tokens.give_back(last_cost_ != 0 ? last_cost_ : settings_->retry.refund);
    if (adaptive()) state->rate.update(false, now);
    if (outcome_.text) *outcome_.text = std::move(text);
    finish(ending::output, call_phase::answered);
}

[[gnu::cold]] void call_machine::process_error(response_view const& response, int number, bool clock_corrected, time_point now) {
    failed_attempt failure{.attempt = number, .status = response.status, .condition = {}, .code = report_.code};
    // A retry would not help if the response has a success status and cannot be decoded.
    if (response.status < 200 || response.status >= 300) {
        failure.advice = advise(settings_->retry, response.status, report_.code, report_.message, report_.retry);
        if (failure.advice == retry_advice::none && clock_corrected) failure.advice = retry_advice::transient;
    }
    bool const throttled = failure.advice == retry_advice::throttled;
    if (adaptive()) settings_->state->rate.update(throttled, now);
    // A server does not process a request that it refuses. An error of the server may have occurred in the middle of processing.
    bool const refused = throttled || (response.status >= 400 && response.status < 500);
    if (retry(std::move(failure), !refused, &response, now)) return;
    if (metadata_.failed_attempts.back().verdict == retry_verdict::cancelled) return cancel();
    response_ = keep(response);
    finish(ending::error, call_phase::answered);
}

[[gnu::cold]] void call_machine::handle_transport_error(transport_error const& error, int attempt, time_point now) noexcept {
    int const number = end_attempt(attempt);
    if (number == 0) return;
    maybe_sent_ = maybe_sent_ || error.sent;
    try {
        process_transport_error(error, number, now);
    } catch (...) { end_by_exception(call_phase::between, number); }
}

[[gnu::cold]] void call_machine::process_transport_error(transport_error const& error, int number, time_point now) {
    failed_attempt failure{.attempt = number, .status = 0, .condition = error.condition, .code = {}};
    failure.advice = advise(error.condition);
    if (adaptive()) settings_->state->rate.update(failure.advice == retry_advice::throttled, now);
    if (retry(std::move(failure), error.sent, nullptr, now)) return;
    bool const by_transport = error.condition == transport_errc::cancelled;
    if (!by_transport && metadata_.failed_attempts.back().verdict == retry_verdict::cancelled) return cancel();
    auto text = by_transport && error.text.empty() ? "while attempt " + std::to_string(number) + " was in flight" : error.text;
    fail(error.condition, call_phase::sending, std::move(text));
}

// Reads the request ids that AWS support needs (https://docs.aws.amazon.com/general/latest/gr/ask-support.html). Most other services
// and proxies send x-request-id.
void call_machine::read_ids(response_view const& response) {
    auto const read = [&response](std::string& to, std::string_view name) {
        auto const value = response.header(name);
        if (value) to = *value;
        return value.has_value();
    };
    metadata_.request_id.clear();
    static_cast<void>(read(metadata_.request_id, "x-amzn-requestid") || read(metadata_.request_id, "x-amzn-request-id")
                      || read(metadata_.request_id, "x-amz-request-id") || read(metadata_.request_id, "x-request-id"));
    read(metadata_.extended_request_id, "x-amz-id-2");
    read(metadata_.cf_id, "x-amz-cf-id");
    if (report_.what != response_report::kind::undecodable || settings_->strictness != strictness::compatible) return;
    // From a response that it cannot decode, the reference implementation takes the first header field that matches
    // /^x-[\w-]+-request-?id$/.
    if (!response.can_iterate()) return;
    metadata_.request_id.clear();
    struct state {
        std::string& id;
        bool found = false;
    } s{metadata_.request_id};
    response.each_header(
        [](void* context, std::string_view name, std::string_view value) {
            auto& c = *static_cast<state*>(context);
            auto const lower = lower_case(name);
            bool const is_id = lower.starts_with("x-") && (lower.ends_with("-request-id") || lower.ends_with("-requestid"));
            if (c.found || !is_id || lower.size() < 13) return;
            c.found = true;
            c.id = value;
        },
        &s);
}

} // namespace parley::detail

#endif
