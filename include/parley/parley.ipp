// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PARLEY_IPP
#define PARLEY_PARLEY_IPP

// The non-template definitions of parley.hpp and json_rpc.hpp.
#include <parley/aws.ipp>
#include <parley/client.ipp>
#include <parley/json_rpc.ipp>
#include <parley/server.ipp>

#endif
