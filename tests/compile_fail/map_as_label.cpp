// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A label of the path is a map.
// expect: place_does_not_accept_type_of_member_of<get_weather::input, 'm', 'o', 'r', 'e'>
// expect: this member cannot be bound to this place because of its type

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
    static constexpr auto http = parley::http("GET /weather/{more}?days={days}&city={city}");
#else
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}&*={more}");
#endif
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days, more))

auto request(get_weather::input const& input) { return parley::rest_json::encode_request<get_weather>(input); }
