// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_THROWN_HPP
#define PARLEY_EXCHANGE_THROWN_HPP

#include <parley/http/transport_error.hpp>
#include <parley/protocol/call_error.hpp>

#include <string>

// Failures made from exceptions. All of these are for use in a catch block alone.

namespace parley::inline PARLEY_ABI::detail {

/// Returns what the exception says of itself, whatever its type.
std::string text_of_exception();

/// Returns the error of a transport that threw. Such a transport says no more than that; the request may have been sent.
transport_error transport_error_of_exception();

/// Returns the failure of a call that the exception ends. Falls back to a failure that needs no memory.
call_error_state error_of_exception(delivery sent) noexcept;

} // namespace parley::detail

#endif
