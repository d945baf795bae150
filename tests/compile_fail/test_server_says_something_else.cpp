// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// What a test server answers is none of what the operation can end with.
// expect: the response of a test_server must be an output of the operation

#include <parley/server/test_server.hpp>

#include <boost/describe/class.hpp>

#include <string>

struct get_weather {
    struct input {
        parley::required<std::string> city;
    };
    struct output {
        double celsius = 0;
    };
    static constexpr auto http = parley::http("GET /weather/{city}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city))
BOOST_DESCRIBE_STRUCT(get_weather::output, (), (celsius))

void script(parley::test_server<parley::operations<get_weather>>& server) {
#ifdef MISTAKE
    server.next<get_weather>(std::string("warm"));
#else
    server.next<get_weather>(get_weather::output{21.5});
#endif
}
