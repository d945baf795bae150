// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/json_rpc.hpp>

#include <boost/describe.hpp>

#include <string_view>

struct half {
    struct input {
        int of = 0;
    };
    struct output {
        int is = 0;
    };
    using service = struct arithmetic;
};
struct arithmetic {
    using protocol = parley::json_rpc;
};
BOOST_DESCRIBE_STRUCT(half::input, (), (of))
BOOST_DESCRIBE_STRUCT(half::output, (), (is))

int main() {
    parley::json_rpc_server server{parley::serve<half>([](half::input const& in) { return half::output{in.of / 2}; })};
    parley::json_rpc_client client{[&](std::string_view message) { return server.handle(message).value_or(""); }};
    auto const got = client.send<half>({42});
    return got && got->is == 21 ? 0 : 1;
}
