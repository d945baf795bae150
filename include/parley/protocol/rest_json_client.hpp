// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_REST_JSON_CLIENT_HPP
#define PARLEY_PROTOCOL_REST_JSON_CLIENT_HPP

#include <parley/protocol/protocol_engine.hpp>

namespace parley::inline PARLEY_ABI::detail::rest_json {

/// The client's functions of rest_json.
extern client_engine const client;

} // namespace parley::detail::rest_json

#endif
