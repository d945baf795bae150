// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_CLIENT_HPP
#define PARLEY_PROTOCOL_AWS_JSON_CLIENT_HPP

#include <parley/protocol/protocol_engine.hpp>

namespace parley::inline PARLEY_ABI::detail::aws_json {

/// The client's functions of awsJson1_0 and awsJson1_1.
extern client_engine const client_1_0, client_1_1;

} // namespace parley::detail::aws_json

#endif
