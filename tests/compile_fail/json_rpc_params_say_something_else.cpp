// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An operation says how its params travel by something that does not say it.
// expect: params_must_be_rpc_params<square, bool>
// expect: parley::rpc_params::by_position

#include <parley/json_rpc.hpp>

struct square {
    using input = std::vector<int>;
    using output = int;
#ifdef MISTAKE
    static constexpr auto params = true;
#else
    static constexpr auto params = parley::rpc_params::by_position;
#endif
};

auto request() { return parley::json_rpc::encode_request<square>({5}, 1); }
