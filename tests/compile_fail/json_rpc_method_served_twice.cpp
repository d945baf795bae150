// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A server has two handlers for one method.
// expect: methods_have_the_same_name<square, times_itself>
// expect: parley: two operations of this server have the same name

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
};
struct times_itself {
    using input = std::vector<int>;
    using output = int;
#ifdef MISTAKE
    static constexpr std::string_view name = "square";
#endif
};

std::optional<std::string> answer(std::string_view message) {
    auto const handler = [](std::vector<int> const& in) { return in.at(0) * in.at(0); };
    parley::json_rpc_server server{parley::serve<square>(handler), parley::serve<times_itself>(handler)};
    return server.handle(message);
}
