// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A handler does not take the input of its operation.
// expect: parley: a handler must take the input of its operation

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
};

std::optional<std::string> answer(std::string_view message) {
#ifdef MISTAKE
    parley::json_rpc_server server{parley::serve<square>([](int in) { return in * in; })};
#else
    parley::json_rpc_server server{parley::serve<square>([](std::vector<int> const& in) { return in.at(0) * in.at(0); })};
#endif
    return server.handle(message);
}
