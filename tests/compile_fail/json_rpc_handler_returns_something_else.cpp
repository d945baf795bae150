// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A handler returns neither the output of its operation nor an error that it declares.
// expect: parley: a handler must return the output of its operation

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
};

std::optional<std::string> answer(std::string_view message) {
#ifdef MISTAKE
    parley::json_rpc_server server{parley::serve<square>([](square::input const& in) { return std::to_string(in.at(0)); })};
#else
    parley::json_rpc_server server{parley::serve<square>([](square::input const& in) { return in.at(0) * in.at(0); })};
#endif
    return server.handle(message);
}
