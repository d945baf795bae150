// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_THROWN_HPP
#define PARLEY_EXCHANGE_THROWN_HPP

#include <parley/http/transport_error.hpp>
#include <parley/protocol/call_error.hpp>

#include <string>

// Failures made from exceptions. These functions must be called in a catch block.

namespace parley::inline PARLEY_ABI::detail {

/// Returns the text of the exception, which may be of any type.
std::string text_of_exception();

/// Returns the error of a transport that threw. The request may have been sent.
transport_error transport_error_of_exception();

/// Returns the failure of a call that the exception ended. Falls back to a failure that does not allocate.
call_error_state error_of_exception(delivery sent) noexcept;

} // namespace parley::detail

#endif
