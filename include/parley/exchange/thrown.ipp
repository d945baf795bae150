// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_THROWN_IPP
#define PARLEY_EXCHANGE_THROWN_IPP

#include <parley/exchange/thrown.hpp>

#include <exception>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

[[gnu::cold]] std::string text_of_exception() {
    try {
        throw;
    } catch (std::exception const& thrown) {
        auto const* const text = thrown.what();
        return text ? text : "";
    } catch (...) { return "not a std::exception"; }
}

[[gnu::cold]] transport_error transport_error_of_exception() { return {transport_errc::other, true, text_of_exception()}; }

[[gnu::cold]] call_error_state error_of_exception(delivery sent) noexcept {
    try {
        transport_failure failure;
        failure.condition = transport_errc::exception;
        failure.sent = sent;
        failure.message = transport_error{failure.condition, true, text_of_exception()}.message();
        return call_error_state(std::move(failure));
    } catch (...) { return call_error_state::out_of_memory(sent); }
}

} // namespace parley::detail

#endif
