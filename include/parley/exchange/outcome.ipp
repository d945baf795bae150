// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_OUTCOME_IPP
#define PARLEY_EXCHANGE_OUTCOME_IPP

#include <parley/exchange/outcome.hpp>

namespace parley::inline PARLEY_ABI {

call_metadata::call_metadata() noexcept = default;
[[gnu::cold]] call_metadata::call_metadata(call_metadata const&) = default;
call_metadata::call_metadata(call_metadata&&) noexcept = default;
[[gnu::cold]] call_metadata& call_metadata::operator=(call_metadata const&) = default;
call_metadata& call_metadata::operator=(call_metadata&&) noexcept = default;
call_metadata::~call_metadata() = default;

} // namespace parley

#endif
