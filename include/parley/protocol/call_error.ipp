// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_CALL_ERROR_IPP
#define PARLEY_PROTOCOL_CALL_ERROR_IPP

#include <parley/core/error.hpp>
#include <parley/protocol/call_error.hpp>

namespace parley::inline PARLEY_ABI::detail {

void* declared_error::emplace(std::size_t at, void* (*make)(), void (*drop)(void*)) {
    position = at;
    value = std::shared_ptr<void>(make(), drop);
    return value.get();
}

call_error_state::call_error_state() noexcept = default;
[[gnu::cold]] call_error_state::call_error_state(invalid_input&& e)
    : index_(0), what_(std::make_shared<invalid_input>(std::move(e))) {}
[[gnu::cold]] call_error_state::call_error_state(transport_failure&& e)
    : index_(1), what_(std::make_shared<transport_failure>(std::move(e))) {}
[[gnu::cold]] call_error_state::call_error_state(undeclared_error&& e)
    : index_(2), what_(std::make_shared<undeclared_error>(std::move(e))) {}
[[gnu::cold]] call_error_state::call_error_state(undecodable_response&& e)
    : index_(3), what_(std::make_shared<undecodable_response>(std::move(e))) {}
[[gnu::cold]] call_error_state::call_error_state(declared_error&& error, error_details&& details)
    : index_(failures + error.position), what_(std::move(error.value)),
      details_(std::make_shared<error_details>(std::move(details))) {}
[[gnu::cold]] call_error_state::call_error_state(call_error_state const&) = default;
call_error_state::call_error_state(call_error_state&&) noexcept = default;
[[gnu::cold]] call_error_state& call_error_state::operator=(call_error_state const&) = default;
call_error_state& call_error_state::operator=(call_error_state&&) noexcept = default;
call_error_state::~call_error_state() = default;

[[gnu::cold]] call_error_state call_error_state::out_of_memory(delivery sent) noexcept {
    // Neither the short text nor a non-owning pointer allocates.
    static constexpr char const* text = "out of memory";
    static transport_failure const failures_by_delivery[] = {
        {{text, delivery::not_sent}, transport_errc::exception},
        {{text, delivery::possibly_sent}, transport_errc::exception},
        {{text, delivery::answered}, transport_errc::exception},
    };
    call_error_state state;
    state.index_ = 1;
    state.what_ =
        std::shared_ptr<void const>(std::shared_ptr<void const>(), &failures_by_delivery[static_cast<std::size_t>(sent)]);
    return state;
}

namespace protocol {

template <class Kind>
Kind const* as(call_error_state const& state, std::size_t index) noexcept {
    return state.index() == index ? static_cast<Kind const*>(state.what()) : nullptr;
}
inline undeclared_error const* if_undeclared(call_error_state const& state) noexcept { return as<undeclared_error>(state, 2); }
inline undecodable_response const* if_undecodable(call_error_state const& state) noexcept {
    return as<undecodable_response>(state, 3);
}

} // namespace protocol

error_details const& call_error_state::details() const noexcept {
    static error_details const none;
    return details_ ? *details_ : none;
}

failure const* call_error_state::as_failure() const noexcept {
    switch (index_) {
    case 0: return static_cast<invalid_input const*>(what());
    case 1: return static_cast<transport_failure const*>(what());
    case 2: return static_cast<undeclared_error const*>(what());
    case 3: return static_cast<undecodable_response const*>(what());
    default: return nullptr;
    }
}

[[gnu::cold]] undeclared_error call_error_state::as_undeclared() const {
    undeclared_error e;
    e.message = details().message;
    e.sent = delivery::answered;
    e.code = details().code;
    e.fault = details().fault;
    e.response = details().response;
    return e;
}

std::string const& call_error_state::message() const noexcept {
    auto const* f = as_failure();
    return f ? f->message : details().message;
}

std::string const& call_error_state::code() const noexcept {
    if (auto const* e = protocol::if_undeclared(*this)) return e->code;
    if (auto const* e = protocol::if_undecodable(*this)) return e->code;
    return details().code;
}

fault call_error_state::fault() const noexcept {
    auto const* e = protocol::if_undeclared(*this);
    return e ? e->fault : details().fault;
}

http_response const* call_error_state::response() const noexcept {
    if (auto const* e = protocol::if_undeclared(*this)) return &e->response;
    if (auto const* e = protocol::if_undecodable(*this)) return &e->response;
    return index_ >= failures ? &details().response : nullptr;
}

delivery call_error_state::sent() const noexcept {
    auto const* f = as_failure();
    return f ? f->sent : delivery::answered;
}

std::string call_error_state::text() const {
    auto const& c = code();
    return c.empty() ? message() : c + ": " + message();
}

} // namespace parley::detail

#endif
