// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An operation of a service that speaks JSON-RPC is sent by the client of HTTP.
// expect: parley: this operation uses JSON-RPC, which is independent of HTTP

#include <parley/client.hpp>
#include <parley/describe/unit.hpp>
#include <parley/json_rpc.hpp>

struct calculator {
    using protocol = parley::json_rpc;
};
struct clear {
    using input = parley::unit;
    using output = parley::unit;
    using service = calculator;
};

bool send() {
#ifdef MISTAKE
    parley::client client{{.endpoint = "http://x"}, [](parley::http_request const&) { return parley::http_response{}; }};
    return client.send<clear>({}).has_value();
#else
    parley::json_rpc_client client{[](std::string_view) { return std::string(); }};
    return client.send<clear>({}).has_value();
#endif
}
