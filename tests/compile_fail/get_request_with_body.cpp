// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A member of a GET request has no place in the template and would be in the body.
// expect: get_request_has_no_body_for_member_of<get_weather::input, 'd', 'a', 'y', 's'>
// expect: a GET or HEAD request has no body

#include <parley/client.hpp>

#include <boost/describe.hpp>

#include <map>

struct report {
    double celsius = 0;
};
BOOST_DESCRIBE_STRUCT(report, (), (celsius))

struct get_weather {
    struct input {
        parley::required<std::string> city;
        std::optional<int> days{};
        std::map<std::string, std::string> more{};
    };
    using output = report;
#ifdef MISTAKE
    static constexpr auto http = parley::http("GET /weather/{city}?*={more}");
#else
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}&*={more}");
#endif
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days, more))

auto request(get_weather::input const& input) { return parley::rest_json::encode_request<get_weather>(input); }
