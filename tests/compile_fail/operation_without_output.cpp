// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An operation does not say what it gives.
// expect: parley: an operation needs an input and an output
// expect: has_input_and_output<set_alarm>

#include <parley/client.hpp>

#include <boost/describe.hpp>

struct set_alarm {
    struct input { double above = 0; };
#ifndef MISTAKE
    using output = parley::unit;
#endif
    static constexpr auto http = parley::http("PUT /alarm");
};
BOOST_DESCRIBE_STRUCT(set_alarm::input, (), (above))

inline parley::client client{{}, [](parley::http_request const&) { return parley::http_response{}; }};
bool set() { return client.send<set_alarm>({.above = 30}).has_value(); }
