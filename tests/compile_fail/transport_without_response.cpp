// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A transport does not return a response.
// expect: parley: a transport must be callable with

#include <parley/client.hpp>

#include <support/weather.hpp>

auto send() {
#ifdef MISTAKE
    parley::client client{{.endpoint = "http://x"}, [](parley::http_request const&) { return 200; }};
#else
    parley::client client{{.endpoint = "http://x"}, [](parley::http_request const&) { return parley::http_response{}; }};
#endif
    return client.config().endpoint;
}
