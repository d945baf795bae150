// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A service tells its errors by the status, and an error has traits that are not found: they are in another namespace.
// expect: parley: the service identifies its errors by the status, which this error does not declare
// expect: error_has_no_status<app::city_unknown>

#include <parley/client.hpp>

#include <boost/describe.hpp>

namespace app {

struct city_unknown { std::string message; };
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))
#ifndef MISTAKE
constexpr auto parley_traits(city_unknown const*) { return parley::traits(parley::http_error(404)); }
#endif

struct weather_service { static constexpr auto error_scheme = parley::errors_by_status(); };

struct get_weather {
    struct input { std::string city; };
    struct output { double celsius = 0; };
    using errors = parley::errors<city_unknown>;
    using service = weather_service;
    static constexpr auto http = parley::http("GET /weather/{city}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city))
BOOST_DESCRIBE_STRUCT(get_weather::output, (), (celsius))

} // namespace app
#ifdef MISTAKE
constexpr auto parley_traits(app::city_unknown const*) { return parley::traits(parley::http_error(404)); }
#endif

inline parley::client client{{}, [](parley::http_request const&) { return parley::http_response{}; }};
auto today() { return client.send<app::get_weather>({.city = "Ghent"}); }
