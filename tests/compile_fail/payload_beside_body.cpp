// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// One member is the whole body, and others are bound nowhere.
// expect: member_has_no_place_beside_the_payload_in<get_weather::input, 'd', 'a', 'y', 's'>
// expect: another member is the whole body

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
    static constexpr auto http = parley::http("POST /weather/{city}\n\n{more}");
#else
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}&*={more}");
#endif
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days, more))

auto request(get_weather::input const& input) { return parley::rest_json::encode_request<get_weather>(input); }
