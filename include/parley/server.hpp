// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_HPP
#define PARLEY_SERVER_HPP

// The server's side: `rest_json::matches`, `decode_request`, `encode_response` and `encode_error`.
#include <parley/protocol/aws_json.hpp>
#include <parley/protocol/rest_json.hpp>

#endif

#ifdef PARLEY_IMPLEMENTATION
#include <parley/implementation.hpp>
#endif
