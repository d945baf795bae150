// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A transport returns an optional response.
// expect: parley: a transport must be callable with

#include <parley/client.hpp>

#include <optional>

#ifdef MISTAKE
using reply = std::optional<parley::http_response>;
#else
using reply = parley::result<parley::http_response, parley::transport_error>;
#endif

inline parley::client client{{}, [](parley::http_request const&) -> reply { return parley::http_response{}; }};
