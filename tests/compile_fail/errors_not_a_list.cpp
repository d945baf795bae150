// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The errors of an operation are a single type instead of a list.
// expect: parley: the errors of an operation or a service must be a list
// expect: errors_are_a_list<city_unknown>

#include <parley/client.hpp>

#include <boost/describe.hpp>

struct city_unknown {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))

struct get_weather {
    struct input { std::string city; };
    struct output { double celsius = 0; };
#ifdef MISTAKE
    using errors = city_unknown;
#else
    using errors = parley::errors<city_unknown>;
#endif
    static constexpr auto http = parley::http("GET /weather/{city}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city))
BOOST_DESCRIBE_STRUCT(get_weather::output, (), (celsius))

auto text(parley::outcome<get_weather> const& today) { return today.error().message(); }
