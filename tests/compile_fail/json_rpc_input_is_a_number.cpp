// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The input of an operation is a value that params cannot be.
// expect: rpc_input_is_not_structured<square>
// expect: parley: the params of JSON-RPC are an object or an array

#include <parley/json_rpc.hpp>

struct square {
#ifdef MISTAKE
    using input = int;
#else
    using input = std::vector<int>;
#endif
    using output = int;
};

auto request() { return parley::json_rpc::encode_request<square>({5}, 1); }
