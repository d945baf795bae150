// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A label of the path is an optional member.
// expect: label_is_optional_member_of<get_weather::input, 'd', 'a', 'y', 's'>
// expect: a label in the path or host needs a value

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
    static constexpr auto http = parley::http("GET /weather/{days}?city={city}&*={more}");
#else
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}&*={more}");
#endif
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days, more))

auto request(get_weather::input const& input) { return parley::rest_json::encode_request<get_weather>(input); }
