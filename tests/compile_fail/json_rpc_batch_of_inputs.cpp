// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A batch is created from inputs instead of calls.
// expect: parley: each part of a batch must be a parley::call<Op>(input) or a parley::notification<Op>(input)

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
};

auto send() {
    parley::json_rpc_client rpc{[](std::string_view) { return std::string(); }};
#ifdef MISTAKE
    return rpc.batch(square::input{1}, square::input{2});
#else
    return rpc.batch(parley::call<square>({1}), parley::call<square>({2}));
#endif
}
