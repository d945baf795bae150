// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The implementation of the machines and their dependencies only: it is compiled for each mutant.
#include <parley/auth/credentials.ipp>
#include <parley/core/config.ipp>
#include <parley/core/error.ipp>
#include <parley/core/number.ipp>
#include <parley/core/timestamp.ipp>
#include <parley/core/utf8.ipp>
#include <parley/credentials/cached_credentials.ipp>
#include <parley/describe/fingerprint.ipp>
#include <parley/describe/validate.ipp>
#include <parley/exchange/call_machine.ipp>
#include <parley/exchange/clock_offset.ipp>
#include <parley/exchange/outcome.ipp>
#include <parley/exchange/rate_limiter.ipp>
#include <parley/exchange/retry.ipp>
#include <parley/exchange/retry_after.ipp>
#include <parley/exchange/thrown.ipp>
#include <parley/exchange/token_bucket.ipp>
#include <parley/exchange/wait_machine.ipp>
#include <parley/http/headers.ipp>
#include <parley/protocol/call_error.ipp>
#include <parley/protocol/protocol_engine.ipp>
