// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PARLEY_HPP
#define PARLEY_PARLEY_HPP

// Entry header: all of parley except JSON-RPC, the ready-made transports, the descriptions of services and boost::json::value, which
// have headers of their own. Exactly one translation unit of a program defines PARLEY_IMPLEMENTATION before it includes this header.
#include <parley/aws.hpp>
#include <parley/client.hpp>
#include <parley/json.hpp>
#include <parley/server.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/parley.ipp>
#endif
