// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// expect: parley: OpenAPI cannot describe a service with the protocol JSON-RPC, which has no paths, methods or statuses
#include <parley/openapi/openapi.hpp>

#include <boost/describe/class.hpp>

#include <string>

struct shop {
#ifdef MISTAKE
    using protocol = parley::json_rpc;
#else
    using protocol = parley::aws_json_1_0;
#endif
};

struct take {
    struct input { parley::required<std::string> item; };
    struct output { int left = 0; };
    using service = shop;
};
BOOST_DESCRIBE_STRUCT(take::input, (), (item))
BOOST_DESCRIBE_STRUCT(take::output, (), (left))

std::string document() { return parley::openapi<parley::operations<take>>(); }
