// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A service tells its errors by the status, and two of an operation have the same.
// expect: parley: the service identifies its errors by the status, and two of these errors have the same status
// expect: errors_have_one_status<city_unknown, day_unknown>

#include <parley/client.hpp>

#include <boost/describe.hpp>

struct city_unknown { std::string message; };
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))
constexpr auto parley_traits(city_unknown const*) { return parley::traits(parley::http_error(404)); }

struct day_unknown { std::string message; };
BOOST_DESCRIBE_STRUCT(day_unknown, (), (message))
#ifdef MISTAKE
constexpr auto parley_traits(day_unknown const*) { return parley::traits(parley::http_error(404)); }
#else
constexpr auto parley_traits(day_unknown const*) { return parley::traits(parley::http_error(416)); }
#endif

struct weather_service { static constexpr auto error_scheme = parley::errors_by_status(); };

struct get_weather {
    struct input { std::string city; };
    struct output { double celsius = 0; };
    using errors = parley::errors<city_unknown, day_unknown>;
    using service = weather_service;
    static constexpr auto http = parley::http("GET /weather/{city}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city))
BOOST_DESCRIBE_STRUCT(get_weather::output, (), (celsius))

inline parley::client client{{}, [](parley::http_request const&) { return parley::http_response{}; }};
auto today() { return client.send<get_weather>({.city = "Ghent"}); }
