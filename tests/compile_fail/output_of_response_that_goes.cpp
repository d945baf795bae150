// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// The output has views of a response that goes with the statement.
// expect: parley: the output has views of a temporary response

#include <parley/protocol/rest_json.hpp>

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

parley::http_response fetch();

bool in_ghent() {
#ifdef MISTAKE
    auto const city = parley::rest_json::decode_response<get_city>(fetch());
#else
    auto const response = fetch();
    auto const city = parley::rest_json::decode_response<get_city>(response);
#endif
    return city && city->name == "Ghent";
}
