// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PARLEY_HPP
#define PARLEY_PARLEY_HPP

// All of parley but the ready-made transports, the descriptions of services and free-form documents, which are doors of
// their own. Exactly one unit of a program defines PARLEY_IMPLEMENTATION before it includes this header.
#include <parley/aws.hpp>
#include <parley/client.hpp>
#include <parley/json.hpp>
#include <parley/server.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/parley.ipp>
#endif
