// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_CALL_MACHINE_IPP
#define PARLEY_EXCHANGE_CALL_MACHINE_IPP

#include <parley/core/text.hpp>
#include <parley/exchange/call_machine.hpp>

#include <algorithm>
#include <utility>

namespace parley::detail {

void call_machine::start(void const* input, time_point now) {
    if (settings_->call_timeout) deadline_ = now + *settings_->call_timeout;
    encode_options const options{settings_->endpoint, settings_->host_prefix, settings_->strictness, &settings_->gzip,
                                 settings_->gzip_threshold};
    if (!engine_->encode_request(*op_, input, options, request_, violations_)) {
        ending_ = ending::invalid_input;
        step_ = call_step::done;
        return;
    }
    request_.stop = settings_->stop;
    for (auto const& field : settings_->fields) request_.fields.set(field.name, field.value);
    if (!settings_->user_agent.empty()) request_.fields.set("user-agent", settings_->user_agent);
    if (op_->aws) {
        if (!settings_->user_agent.empty()) request_.fields.set("x-amz-user-agent", settings_->user_agent);
        if (settings_->uuid) request_.fields.set("amz-sdk-invocation-id", settings_->uuid());
    }
}

void call_machine::begin_attempt(time_point now) {
    ++metadata_.attempts;
    request_.deadline = deadline_;
    if (settings_->attempt_timeout) {
        auto const end = now + *settings_->attempt_timeout;
        request_.deadline = deadline_ ? std::min(*deadline_, end) : end;
    }
    if (op_->aws) {
        request_.fields.set("amz-sdk-request", "attempt=" + std::to_string(metadata_.attempts) +
                                                   "; max=" + std::to_string(settings_->retry.max_attempts));
    }
    if (settings_->sign) settings_->sign(request_);
    under_way_ = true;
}

call_step call_machine::poll(time_point now) {
    if (step_ == call_step::done || under_way_) return step_;
    if (settings_->stop.stop_requested()) {
        fail(transport_errc::cancelled, {});
    } else if (deadline_ && now >= *deadline_) {
        fail(transport_errc::timed_out, "the call's time was over before the attempt");
    } else if (step_ == call_step::wait && now < wake_at_) {
        return step_;
    } else {
        step_ = call_step::send;
        begin_attempt(now);
    }
    return step_;
}

void call_machine::fail(transport_errc condition, std::string text) {
    transport_error const error{condition, maybe_sent_, std::move(text)};
    transport_.condition = condition;
    transport_.message = error.message();
    transport_.sent = maybe_sent_ ? delivery::possibly_sent : delivery::not_sent;
    ending_ = ending::transport;
    step_ = call_step::done;
}

bool call_machine::retry(retry_advice advice, time_point now) {
    if (advice == retry_advice::none || metadata_.attempts >= settings_->retry.max_attempts) return false;
    auto const random = settings_->random ? settings_->random() : 0.5;
    auto const delay = retry_delay(settings_->retry, metadata_.attempts, advice, random);
    // A wait that would end after the deadline is not begun: the error that there is says more than a time-out.
    if (deadline_ && now + delay >= *deadline_) return false;
    metadata_.total_retry_delay += delay;
    wake_at_ = now + delay;
    step_ = call_step::wait;
    return true;
}

void call_machine::handle_response(response_view const& response, time_point now, void* output, void* errors) {
    if (!std::exchange(under_way_, false)) return; // nobody asked: a transport that answers twice
    maybe_sent_ = true;
    metadata_.status = response.status;
    decode_options const options{settings_->strictness, settings_->limits, true};
    report_ = engine_->decode_response(*op_, response, options, output, errors);
    read_ids(response);
    metadata_.tolerated = std::move(report_.tolerated);
    if (report_.what == response_report::kind::output) {
        ending_ = ending::output;
        step_ = call_step::done;
        return;
    }
    // A success that cannot be decoded would not be better the next time.
    bool const success = response.status >= 200 && response.status < 300;
    if (!success && retry(advise(response.status, report_.code, report_.message, report_.retry), now)) return;
    response_ = copy_of(response);
    ending_ = ending::error;
    step_ = call_step::done;
}

void call_machine::handle_transport_error(transport_error const& error, time_point now) {
    if (!std::exchange(under_way_, false)) return;
    maybe_sent_ = maybe_sent_ || error.sent;
    if (!settings_->stop.stop_requested() && retry(advise(error.condition), now)) return;
    fail(error.condition, error.text);
}

// https://docs.aws.amazon.com/general/latest/gr/ask-support.html: what AWS's support asks for. Other services use the
// same names or none.
void call_machine::read_ids(response_view const& response) {
    auto const read = [&response](std::string& to, std::string_view name) {
        auto const value = response.header(name);
        if (value) to = *value;
        return value.has_value();
    };
    metadata_.request_id.clear();
    static_cast<void>(read(metadata_.request_id, "x-amzn-requestid") || read(metadata_.request_id, "x-amzn-request-id") ||
                      read(metadata_.request_id, "x-amz-request-id"));
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
            std::string lower;
            for (char ch : name) lower += ascii_lower(ch);
            bool const is_id = lower.starts_with("x-") && (lower.ends_with("-request-id") || lower.ends_with("-requestid"));
            if (c.found || !is_id || lower.size() < 13) return;
            c.found = true;
            c.id = value;
        },
        &s);
}

void fill_idempotency_tokens(structure_shape const& s, void* input, std::function<std::string()> const& uuid) {
    for (std::size_t i = 0; i < s.count; ++i) {
        auto const& m = s.members[i];
        if (!m.idempotency_token || m.value.target->kind != shape_kind::text) continue;
        auto* const place = s.place_of(m, input);
        if (m.value.peek ? m.value.peek(place) != nullptr : !static_cast<std::string*>(place)->empty()) continue;
        *static_cast<std::string*>(m.value.engage ? m.value.engage(place) : place) = uuid();
    }
}

} // namespace parley::detail

#endif
