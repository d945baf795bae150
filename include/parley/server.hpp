// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_HPP
#define PARLEY_SERVER_HPP

// Entry header: a `router` with handlers. A server without a router calls `matches`, `decode_request`, `encode_response` and
// `encode_error` of a protocol.
#include <parley/describe/unit.hpp>
#include <parley/server/router.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/server.ipp>
#endif
