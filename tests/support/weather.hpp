// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_SUPPORT_WEATHER_HPP
#define PARLEY_TESTS_SUPPORT_WEATHER_HPP

#include <parley/describe/operation.hpp>
#include <parley/describe/required.hpp>
#include <parley/describe/traits.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

// The API of the README.
namespace weather {

struct report {
    double celsius = 0;
    std::optional<std::string> summary{};
};
BOOST_DESCRIBE_STRUCT(report, (), (celsius, summary))

struct city_unknown {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))
constexpr auto parley_traits(city_unknown const*) { return parley::traits(parley::http_error(404)); }

struct get_weather {
    struct input {
        parley::required<std::string> city;
        std::optional<int> days{};
    };
    using output = report;
    using errors = parley::errors<city_unknown>;
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days))
constexpr auto parley_traits(get_weather::input const*) {
    return parley::traits(parley::on("city", parley::length(1, 80)), parley::on("days", parley::range(1, 14)));
}

} // namespace weather

#endif
