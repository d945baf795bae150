// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_SERVER_HPP
#define PARLEY_PROTOCOL_REST_JSON_SERVER_HPP

#include <parley/protocol/protocol_engine.hpp>

namespace parley::inline PARLEY_ABI::detail::rest_json {

/// The server's functions of rest_json.
extern server_engine const server;

} // namespace parley::detail::rest_json

#endif
