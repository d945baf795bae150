// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The input of an operation is not described.
// expect: parley: the input of the operation is not described

#include <parley/client.hpp>

#include <boost/describe.hpp>

struct report {
    double celsius = 0;
};
BOOST_DESCRIBE_STRUCT(report, (), (celsius))

struct get_weather {
    struct input {};
    using output = report;
    static constexpr auto http = parley::http("GET /weather");
};
#ifndef MISTAKE
BOOST_DESCRIBE_STRUCT(get_weather::input, (), ())
#endif

auto request(get_weather::input const& input) { return parley::rest_json::encode_request<get_weather>(input); }
