// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_IPP
#define PARLEY_CLIENT_IPP

// The non-template definitions of client.hpp.
#include <parley/auth/signers.ipp>
#include <parley/client/client_config.ipp>
#include <parley/client/random.ipp>
#include <parley/core/md5.ipp>
#include <parley/describe/jmespath.ipp>
#include <parley/exchange/call_machine.ipp>
#include <parley/exchange/clock_offset.ipp>
#include <parley/exchange/idempotency_token.ipp>
#include <parley/exchange/line_log.ipp>
#include <parley/exchange/outcome.ipp>
#include <parley/exchange/rate_limiter.ipp>
#include <parley/exchange/redaction.ipp>
#include <parley/exchange/retry.ipp>
#include <parley/exchange/retry_after.ipp>
#include <parley/exchange/thrown.ipp>
#include <parley/exchange/token_bucket.ipp>
#include <parley/exchange/wait_machine.ipp>
#include <parley/http/header_list.ipp>
#include <parley/http/headers.ipp>
#include <parley/http/request_view.ipp>
#include <parley/http/uri.ipp>
#include <parley/json.ipp>
#include <parley/protocol/aws_json_client.ipp>
#include <parley/protocol/call_error.ipp>
#include <parley/protocol/operation_table.ipp>
#include <parley/protocol/protocol_engine.ipp>
#include <parley/protocol/rest_json_client.ipp>
#include <parley/protocol/scalar_text.ipp>

#endif
