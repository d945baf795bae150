// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The shortest client: the single header, a lambda as the transport and ten lines of description.
//
//     g++ -std=c++20 -Isingle_include examples/minimal.cpp -o minimal && ./minimal

#define PARLEY_IMPLEMENTATION
#include <parley/parley.hpp>

#include <boost/describe.hpp>

#include <cstdio>

struct weather {
    double celsius = 0;
    std::optional<std::string> summary;
};
BOOST_DESCRIBE_STRUCT(weather, (), (celsius, summary))

struct city_unknown {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(city_unknown, (), (message))
constexpr auto parley_traits(city_unknown const*) { return parley::traits(parley::http_error(404)); }

struct get_weather {
    struct input {
        parley::required<std::string> city;
        std::optional<int> days = {};
    };
    using output = weather;
    using errors = parley::errors<city_unknown>;
    static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
};
BOOST_DESCRIBE_STRUCT(get_weather::input, (), (city, days))

int main() {
    // Replace this with your HTTP stack.
    auto transport = [](parley::http_request const& request) -> parley::http_response {
        std::printf("-> %s %s\n", request.method.c_str(), request.url().c_str());
        if (request.target.starts_with("/weather/Ghent")) return {200, {}, R"({"celsius":21.5,"summary":"mild"})"};
        return {404, {}, R"({"message":"no such city"})"};
    };
    parley::client client{{.endpoint = "https://api.example.com"}, transport};

    for (auto const* city : {"Ghent", "Atlantis"}) {
        auto today = client.send<get_weather>({.city = city});
        if (today) std::printf("<- %.1f degrees, %s\n", today->celsius, today->summary.value_or("").c_str());
        else
            today.error().match([](city_unknown const& e) { std::printf("<- unknown: %s\n", e.message.c_str()); },
                                [](parley::failure const& f) { std::printf("<- failed: %s\n", f.message.c_str()); });
    }
}
