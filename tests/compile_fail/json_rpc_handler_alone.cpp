// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A server is given a handler, and nobody says of which operation.
// expect: parley: an argument of a JSON-RPC server must be a method

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
};

std::optional<std::string> answer(std::string_view message) {
    auto const handler = [](std::vector<int> const& in) { return in.at(0) * in.at(0); };
#ifdef MISTAKE
    parley::json_rpc_server server{handler};
#else
    parley::json_rpc_server server{parley::serve<square>(handler)};
#endif
    return server.handle(message);
}
