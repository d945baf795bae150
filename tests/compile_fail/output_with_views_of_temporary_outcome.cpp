// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// An output with views is taken from a temporary outcome.
// expect: parley: the output has views of the response body, which is destroyed with this temporary outcome: keep the

#include <parley/client.hpp>

#include <boost/describe/class.hpp>

#include <string_view>

struct get_city {
    struct input {};
    struct output {
        std::string_view name{};
    };
    static constexpr auto http = parley::http("GET /city");
};
BOOST_DESCRIBE_STRUCT(get_city::input, (), ())
BOOST_DESCRIBE_STRUCT(get_city::output, (), (name))

parley::outcome<get_city> fetch();

bool in_ghent() {
#ifdef MISTAKE
    auto const city = fetch().value();
    return city.name == "Ghent";
#else
    auto const city = fetch();
    return city.value().name == "Ghent";
#endif
}
