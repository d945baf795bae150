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

namespace {

// RFC 9110, section 9.2: "GET, HEAD, OPTIONS, and TRACE methods are defined to be safe"; "PUT, DELETE, and safe request methods
// are idempotent".
repeatability repeatability_of(std::string_view method) noexcept {
    for (std::string_view const safe : {"GET", "HEAD", "OPTIONS", "TRACE"}) {
        if (method == safe) return repeatability::readonly;
    }
    return method == "PUT" || method == "DELETE" ? repeatability::idempotent : repeatability::unsafe;
}

// What the views of an output refer to: the body, and what they cannot borrow from it.
struct lasting_text {
    std::string body;
    std::pmr::monotonic_buffer_resource unescaped;
};

} // namespace

call_overrides::call_overrides(call_settings const& settings, request_decorator const* d)
    : endpoint(&settings.endpoint), signing_region(settings.signing_region), signing_name(settings.signing_name), decorator(d),
      call_timeout(settings.call_timeout), attempt_timeout(settings.attempt_timeout), stop(settings.stop) {}

call_machine::call_machine(operation_table const& op, client_engine const& engine, call_settings const& settings,
                           call_overrides terms, outcome_parts const& reply) noexcept
    : op_(&op), engine_(&engine), settings_(&settings), terms_(std::move(terms)), reply_(reply) {}
// A call that is dropped before its end gives back what it holds.
call_machine::~call_machine() {
    if (step_ == call_step::done) return;
    if (pause_ == pause::for_rate) settings_->state->rate.cancel();
    return_tokens();
}

void call_machine::start(input_ref input, repeatability repeat, time_point now) noexcept try {
    if (terms_.call_timeout) deadline_ = add_time(now, *terms_.call_timeout);
    constexpr std::size_t usual = 8; // what is set here and for each attempt, by the protocol and by a signer
    request_.fields.reserve(usual);
    // Without the endpoint, which would be copied.
    encode_options const options{{}, settings_->host_prefix, settings_->strictness, &settings_->gzip, settings_->gzip_threshold};
    if (!engine_->encode_request(*op_, input, *terms_.endpoint, options, request_, violations_)) {
        finish(ending::invalid_input, call_phase::before);
        return;
    }
    repeat_ = std::max(repeat, repeatability_of(request_.method));
    request_.stop = terms_.stop;
    for (auto const* fields : {terms_.fields, &settings_->fields}) {
        if (!fields) continue;
        for (auto const& field : *fields) request_.fields.set(field.name, field.value);
    }
    if (!settings_->user_agent.empty()) request_.fields.set("user-agent", settings_->user_agent);
    if (terms_.decorator) terms_.decorator->decorate_call(request_, settings_->user_agent, settings_->uuid);
} catch (...) { end_by_exception(call_phase::before); }

call_step call_machine::poll(time_point now) noexcept try {
    if (step_ == call_step::done) return step_;
    if (under_way()) {
        step_ = call_step::receive;
        if (prepared_ != 0) launch_hedge(now);
        else if (now >= wake_at_) begin_hedge(now);
        return step_;
    }
    bool const stopped = terms_.stop.stop_requested();
    if (pause_ == pause::before_error) {
        if (stopped || now >= wake_at_) step_ = call_step::done;
    } else if (stopped) {
        cancel();
    } else if (deadline_ && now >= *deadline_) {
        give_up(transport_errc::timed_out, "the call's time was over before the attempt", retry_verdict::past_deadline);
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

// In adaptive mode. Returns whether there is a wait, or no time for one.
bool call_machine::wait_for_rate(time_point now) {
    if (!adaptive()) return false;
    if (pause_ == pause::for_rate) return settings_->state->rate.commit(now), pause_ = pause::none, false;
    auto const wait = settings_->state->rate.reserve(now);
    if (wait <= duration::zero()) return false;
    pause_ = pause::for_rate;
    if (deadline_ && now + wait >= *deadline_) {
        give_up(transport_errc::timed_out, "the client's own rate leaves no time for the attempt", retry_verdict::past_deadline);
        return true;
    }
    metadata_.rate_delay += wait;
    begin_wait(now, wait, pause::for_rate);
    return true;
}

void call_machine::begin_wait(time_point now, duration length, pause what) {
    pause_ = what;
    wake_at_ = now + length;
    step_ = call_step::wait;
    notify(&interceptor::before_wait, metadata_.attempts, length,
           what == pause::for_rate ? wait_reason::rate : wait_reason::retry);
}

std::optional<call_machine::time_point> call_machine::attempt_deadline(time_point now) const noexcept {
    if (!terms_.attempt_timeout) return deadline_;
    auto const end = add_time(now, *terms_.attempt_timeout);
    return deadline_ ? std::min(*deadline_, end) : end;
}

// Makes the request of the next attempt ready. Returns whether it can be launched at once. If not, either the call has ended, or
// something ran that may have taken a while: the driver polls again, so that the stop token and the deadline are looked at
// before anything is sent.
bool call_machine::prepare(std::size_t place, time_point now) {
    bool const hedge = settings_->retry.hedge_after && repeat_ == repeatability::readonly && settings_->retry.max_attempts > 1;
    // A new one each time: the transport may still look at the tokens of the one before.
    if (hedge && place == 0) hedging_ = std::make_unique<hedging>(terms_.stop);
    auto& request = place == 0 ? request_ : hedging_->second;
    if (hedge) request.stop = hedging_->sources[place].get_token();
    request.deadline = attempt_deadline(now);
    int const number = metadata_.attempts + 1;
    if (terms_.decorator) terms_.decorator->decorate_attempt(request, number, settings_->retry.max_attempts);
    prepared_ = number;
    prepared_at_ = now;
    bool took_time = notify(&interceptor::before_signing, number, request) || settings_->sign;
    if (auto why = sign(request, number)) {
        prepared_ = 0;
        if (place != 0) return false;
        if (terms_.stop.stop_requested()) cancel();
        else give_up(why->condition, std::move(why->text), retry_verdict::not_signed);
        return false;
    }
    took_time = notify(&interceptor::before_sending, number, request) || took_time;
    if (took_time) step_ = call_step::again;
    return !took_time;
}

void call_machine::launch(std::size_t place, time_point now) noexcept {
    auto& request = place == 0 ? request_ : hedging_->second;
    // The time-out of the attempt begins now, unless an interceptor has set a deadline of its own.
    if (now != prepared_at_ && request.deadline == attempt_deadline(prepared_at_)) request.deadline = attempt_deadline(now);
    metadata_.attempts = attempts_[place] = std::exchange(prepared_, 0);
    held_tokens_ = 0;
    newest_ = &request;
    pause_ = pause::none;
    retry_pending_ = false;
    wake_at_ = hedging_ && place == 0 ? add_time(now, *settings_->retry.hedge_after) : time_point::max();
    step_ = call_step::send;
}

// A second attempt beside the first, while at least half of the quota of retries is there: hedging is for an answer that is
// slow now and then, and must not add to the load of a peer that is slow throughout.
[[gnu::cold]] void call_machine::begin_hedge(time_point now) {
    wake_at_ = time_point::max();
    if (!hedging_ || attempts_[0] == 0 || attempts_[1] != 0) return;
    if (metadata_.attempts >= settings_->retry.max_attempts || terms_.stop.stop_requested()) return;
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
    if (terms_.stop.stop_requested() || (deadline_ && now >= *deadline_)) {
        prepared_ = 0;
        return return_tokens();
    }
    if (adaptive()) settings_->state->rate.reserve(now);
    last_cost_ = held_tokens_;
    launch(1, now);
}

// What was taken for an attempt that is not made goes back.
[[gnu::cold]] void call_machine::return_tokens() noexcept {
    int const held = std::exchange(held_tokens_, 0);
    if (held != 0 && settings_->state) settings_->state->tokens.give_back(held);
}

std::optional<signing_error> call_machine::sign(http_request& request, int attempt) {
    if (!settings_->sign) return std::nullopt;
    clock_offset_ = settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0);
    try {
        return settings_->sign(request,
                               {peer_now(), attempt, terms_.signing_region, terms_.signing_name, deadline_, request.stop});
    } catch (...) { return signing_error{text_of_exception()}; }
}

// What time it is for the peer.
std::chrono::system_clock::time_point call_machine::peer_now() const {
    if (!settings_->system_now) return {};
    return settings_->system_now() + (settings_->state ? settings_->state->clock.value() : std::chrono::milliseconds(0));
}

// Returns whether the attempt was signed with a wrong time, which is known now.
bool call_machine::observe_clock(response_view const& response) {
    if (!settings_->sign || !settings_->state || !settings_->system_now) return false;
    auto const date = response.header("date");
    return date && settings_->state->clock.observe(*date, settings_->system_now(), clock_offset_);
}

// Returns the number of the attempt that ended; 0 if it was not under way: nobody asked, or the transport answers twice.
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

call_end call_machine::end_so_far() const noexcept {
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
        end.result = call_result::transport_failure, end.condition = transport_errc::exception, end.sent = reply_.error->sent();
        break;
    }
    return end;
}

// An interceptor that throws changes the end, of which the next one hears.
void call_machine::notify_end() noexcept {
    for (auto const& one : settings_->interceptors) {
        if (!one.at_end) continue;
        auto const end = end_so_far();
        try {
            one.at_end(end, attempt_context(*op_, metadata_.attempts));
        } catch (...) {
            *reply_.error = error_of_exception(end.sent);
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
    *reply_.has_value = ending_ == ending::output;
    if (ending_ != ending::output && ending_ != ending::exception) {
        auto const sent = end_so_far().sent;
        try {
            *reply_.error = take_error();
        } catch (...) { *reply_.error = error_of_exception(sent); }
    }
    *reply_.metadata = std::move(metadata_);
}

void call_machine::finish(ending how, call_phase phase) noexcept {
    ending_ = how;
    metadata_.ended = phase;
    step_ = pause_ == pause::before_error ? call_step::wait : call_step::done;
}

[[gnu::cold]] void call_machine::handle_exception(int attempt) noexcept {
    if (step_ == call_step::done) return;
    if (attempt != 0 && attempts_[0] != attempt && attempts_[1] != attempt) return;
    auto phase = metadata_.attempts == 0 ? call_phase::before : call_phase::between;
    if (under_way()) phase = call_phase::sending;
    else if (ending_ == ending::error) phase = call_phase::answered; // in the wait before the error
    end_by_exception(phase);
}

// `attempt`: the one whose end was handled; 0 if it was none.
[[gnu::cold]] void call_machine::end_by_exception(call_phase phase, int attempt) noexcept {
    // First of all, since what follows handles exceptions of its own.
    if (phase == call_phase::sending || under_way()) maybe_sent_ = true;
    auto const otherwise = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    *reply_.error = error_of_exception(phase == call_phase::answered ? delivery::answered : otherwise);
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
    } catch (...) { // the end says enough
    }
}

[[gnu::cold]] void call_machine::fail(transport_errc condition, call_phase phase, std::string text) {
    transport_error const error{condition, maybe_sent_, std::move(text)};
    transport_.condition = condition;
    transport_.message = error.message();
    transport_.sent = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    finish(ending::transport, phase);
}

// The next attempt is not made. What was taken for it goes back.
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
    if (step_ == call_step::wait) text = "in the wait " + text;
    give_up(transport_errc::cancelled, metadata_.attempts == 0 ? "before the first attempt" : text, retry_verdict::cancelled);
}

retry_verdict call_machine::classify(failed_attempt const& failure, bool may_have_acted) const noexcept {
    auto const& policy = settings_->retry;
    if (under_way() && (failure.advice != retry_advice::none || failure.condition)) return retry_verdict::hedged;
    if (failure.condition == transport_errc::cancelled) return retry_verdict::cancelled;
    if (failure.advice == retry_advice::none) return retry_verdict::not_retryable;
    if (failure.attempt >= policy.max_attempts || metadata_.attempts >= policy.max_attempts)
        return retry_verdict::out_of_attempts;
    if (policy.respect_idempotency && may_have_acted && repeat_ == repeatability::unsafe) return retry_verdict::not_idempotent;
    if (terms_.stop.stop_requested()) return retry_verdict::cancelled;
    return retry_verdict::retried;
}

[[gnu::cold]] std::chrono::milliseconds call_machine::delay_after(failed_attempt const& failure,
                                                                  response_view const* response) const {
    auto const random = settings_->random ? settings_->random() : 0.5;
    auto const delay = retry_delay(settings_->retry, metadata_.attempts, failure.advice, random);
    if (!response) return delay;
    auto const hint = read_retry_after(*response, peer_now());
    // Of "Infinity" the reference makes a wait that is no number, which its timer takes for the shortest there is.
    if (settings_->strictness == strictness::compatible && hint && !std::isfinite(*hint)) return std::chrono::milliseconds(1);
    return apply_retry_after(settings_->retry, delay, hint);
}

// Takes the tokens for a retry. Returns how long the wait is that is to begin; nothing if there is to be none.
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
    // A wait that would end after the deadline is not begun: the error that there is says more than a time-out.
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
    if (std::exchange(prepared_, 0) != 0) return_tokens(); // of a hedged attempt that comes too late
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
        read(response, number, now);
    } catch (...) { end_by_exception(call_phase::answered, number); }
}

void call_machine::read(response_view& response, int number, time_point now) {
    auto const& all = settings_->interceptors;
    if (std::any_of(all.begin(), all.end(), [](interceptor const& one) { return static_cast<bool>(one.before_decoding); })) {
        response_ = keep(response);
        notify(&interceptor::before_decoding, number, response_);
        response = view_of(response_);
        response.owned = &response_.body;
        metadata_.status = response.status;
    }
    decode_options options{settings_->strictness, settings_->limits, true};
    std::shared_ptr<lasting_text> text;
    if (reply_.text) {
        text = std::make_shared<lasting_text>();
        text->body = response.owned ? std::move(*response.owned) : std::string(response.body);
        response.body = text->body;
        response.owned = &text->body;
        options.memory = &text->unescaped;
    }
    report_ = engine_->decode_response(*op_, response, options, reply_.output, declared_);
    read_ids(response);
    metadata_.tolerated = std::move(report_.tolerated);
    bool const clock_corrected = observe_clock(response);
    auto* const state = settings_->state;
    if (report_.what == response_report::kind::output) {
        if (std::exchange(prepared_, 0) != 0) return_tokens();
        if (state) state->tokens.give_back(last_cost_ != 0 ? last_cost_ : settings_->retry.refund);
        if (adaptive()) state->rate.update(false, now);
        if (reply_.text) *reply_.text = std::move(text);
        finish(ending::output, call_phase::answered);
        return;
    }
    failed_attempt failure{.attempt = number, .status = response.status, .condition = {}, .code = report_.code};
    // A success that cannot be decoded would not be better the next time.
    if (response.status < 200 || response.status >= 300) {
        failure.advice = advise(settings_->retry, response.status, report_.code, report_.message, report_.retry);
        if (failure.advice == retry_advice::none && clock_corrected) failure.advice = retry_advice::transient;
    }
    bool const throttled = failure.advice == retry_advice::throttled;
    if (adaptive()) state->rate.update(throttled, now);
    // What a peer refuses it has not acted on; a failure of its own may have come in the middle.
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
        judge_error(error, number, now);
    } catch (...) { end_by_exception(call_phase::between, number); }
}

[[gnu::cold]] void call_machine::judge_error(transport_error const& error, int number, time_point now) {
    failed_attempt failure{.attempt = number, .status = 0, .condition = error.condition, .code = {}};
    failure.advice = advise(error.condition);
    if (adaptive()) settings_->state->rate.update(failure.advice == retry_advice::throttled, now);
    if (retry(std::move(failure), error.sent, nullptr, now)) return;
    bool const by_transport = error.condition == transport_errc::cancelled;
    if (!by_transport && metadata_.failed_attempts.back().verdict == retry_verdict::cancelled) return cancel();
    auto text = by_transport && error.text.empty() ? "while attempt " + std::to_string(number) + " was under way" : error.text;
    fail(error.condition, call_phase::sending, std::move(text));
}

// https://docs.aws.amazon.com/general/latest/gr/ask-support.html: what AWS's support asks for. Most other services, and the
// proxies before them, say x-request-id.
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
    // Of a response that it cannot read, the reference takes the first header that looks like an id:
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
