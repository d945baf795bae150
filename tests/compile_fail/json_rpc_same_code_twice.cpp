// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Two errors of an operation have the same code.
// expect: two_errors_have_the_same_rpc_code<account_locked, account_closed>
// expect: parley: these two errors of an operation have the same JSON-RPC code

#include <parley/json_rpc.hpp>

#include <boost/describe.hpp>

struct account_locked {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(account_locked, (), (message))
constexpr auto parley_traits(account_locked const*) { return parley::traits(parley::rpc_error(1001)); }

struct account_closed {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(account_closed, (), (message))
#ifdef MISTAKE
constexpr auto parley_traits(account_closed const*) { return parley::traits(parley::rpc_error(1001)); }
#else
constexpr auto parley_traits(account_closed const*) { return parley::traits(parley::rpc_error(1002)); }
#endif

struct bank {
    using errors = parley::errors<account_closed>;
};
struct balance {
    using input = parley::unit;
    using output = int;
    using errors = parley::errors<account_locked>;
    using service = bank;
};

auto request() { return parley::json_rpc::encode_request<balance>({}, 1); }
