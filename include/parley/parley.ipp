// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PARLEY_IPP
#define PARLEY_PARLEY_IPP

// All of parley that is no template, but what has a door of its own.
#include <parley/aws.ipp>
#include <parley/client.ipp>
#include <parley/json_rpc.ipp>
#include <parley/server.ipp>

#endif
