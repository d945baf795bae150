// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_HPP
#define PARLEY_CLIENT_HPP

// Entry header: describe operations, bring a transport, call `client.send`.
#include <parley/client/client.hpp>
#include <parley/describe/unit.hpp>
#include <parley/exchange/line_log.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/client.ipp>
#endif
