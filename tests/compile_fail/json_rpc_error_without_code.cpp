// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An error that an operation declares has no integer code.
// expect: error_has_no_rpc_code<account_locked>
// expect: parley: JSON-RPC identifies errors by an integer code, which this error does not have

#include <parley/json_rpc.hpp>

#include <boost/describe.hpp>

struct account_locked {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(account_locked, (), (message))
#ifndef MISTAKE
constexpr auto parley_traits(account_locked const*) { return parley::traits(parley::rpc_error(1001)); }
#endif

struct balance {
    using input = parley::unit;
    using output = int;
    using errors = parley::errors<account_locked>;
};

auto request() { return parley::json_rpc::encode_request<balance>({}, 1); }
