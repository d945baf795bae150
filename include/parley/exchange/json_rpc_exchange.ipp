// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_IPP
#define PARLEY_EXCHANGE_JSON_RPC_EXCHANGE_IPP

#include <parley/exchange/json_rpc_exchange.hpp>

#include <algorithm>

namespace parley::inline PARLEY_ABI {

void json_rpc_exchange::add(detail::rpc_operation const& op, void const* input, bool is_call) {
    auto const id = id_at(parts_.size());
    auto& added = parts_.emplace_back();
    std::string request;
    added.sent = detail::rpc::encode_request(op, input, is_call ? &id : nullptr, options_.strictness, request, added.violations);
    if (!added.sent) return;
    if (sent_++ > 0) message_ += ',';
    message_ += request;
    calls_ += is_call;
}

void json_rpc_exchange::handle_answer(std::string text) noexcept {
    completed_ = true;
    auto const sent = text.empty() ? delivery::possibly_sent : delivery::answered;
    try {
        // A server has no reason to send more than twice as many responses as there are parts.
        response_ =
            std::make_shared<kept_response const>(std::move(text), options_, std::max<std::size_t>(parts_.size() * 2, 1000));
        failed_.reset();
    } catch (...) { handle_exception(sent); }
}

void json_rpc_exchange::handle_transport_error(transport_error error) noexcept {
    completed_ = true;
    failed_ = std::move(error);
}

call_metadata json_rpc_exchange::metadata_at(std::size_t position) const noexcept {
    call_metadata metadata;
    bool const sent = position < parts_.size() && parts_[position].sent;
    metadata.attempts = completed_ && sent ? 1 : 0;
    return metadata;
}

delivery json_rpc_exchange::delivery_at(std::size_t position) const noexcept {
    if (thrown_) return thrown_->sent();
    if (!parts_[position].sent) return delivery::not_sent;
    if (!failed_) return delivery::answered;
    return failed_->sent ? delivery::possibly_sent : delivery::not_sent;
}

invalid_input json_rpc_exchange::invalid_input_at(std::size_t position) const {
    invalid_input error;
    error.violations = parts_[position].violations;
    error.message = data_error{error.violations}.message();
    return error;
}

transport_failure json_rpc_exchange::failure_of(transport_error const& error) {
    transport_failure failure;
    failure.condition = error.condition;
    failure.message = error.message();
    failure.sent = error.sent ? delivery::possibly_sent : delivery::not_sent;
    return failure;
}

} // namespace parley

#endif
