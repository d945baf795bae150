// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A message transport does not return a text.
// expect: parley: a message transport must be callable with

#include <parley/json_rpc.hpp>

auto first_id() {
#ifdef MISTAKE
    parley::json_rpc_client client{[](std::string_view) { return 200; }};
#else
    parley::json_rpc_client client{[](std::string_view) { return std::string(); }};
#endif
    return client.config().first_id;
}
