// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_AWS_JSON_SERVER_HPP
#define PARLEY_PROTOCOL_AWS_JSON_SERVER_HPP

#include <parley/protocol/protocol_engine.hpp>

namespace parley::inline PARLEY_ABI::detail::aws_json {

/// The server's functions of awsJson1_0 and awsJson1_1.
extern server_engine const server_1_0, server_1_1;

} // namespace parley::detail::aws_json

#endif
