// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An error has views, and outlives what they would be of.
// expect: parley: an error outlives the response that it was decoded from, so it cannot have views of it

#include <parley/client.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

struct city_unknown {
#ifdef MISTAKE
    std::string_view message{};
#else
    std::string message{};
#endif
};
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))

struct get_city {
    struct input {};
    struct output {};
    using errors = parley::errors<city_unknown>;
    static constexpr auto http = parley::http("GET /city");
};
BOOST_DESCRIBE_STRUCT(get_city::input, (), ())
BOOST_DESCRIBE_STRUCT(get_city::output, (), ())

bool read(parley::http_response const& response) { return parley::rest_json::decode_response<get_city>(response).has_value(); }
