// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#define PARLEY_IMPLEMENTATION
#include <parley/server.hpp>

#include <boost/describe.hpp>

#include <string>

struct get_thing {
    struct input {
        std::string name;
    };
    struct output {
        std::string name;
    };
    static constexpr auto http = parley::http("GET /things/{name}");
};
BOOST_DESCRIBE_STRUCT(get_thing::input, (), (name))
BOOST_DESCRIBE_STRUCT(get_thing::output, (), (name))

int main() {
    parley::router<parley::operations<get_thing>> const router{
        parley::handle<get_thing>([](get_thing::input const& in) { return get_thing::output{in.name}; })};
    parley::http_request request;
    request.method = "GET";
    request.target = "/things/a%20b";
    auto const response = router(request);
    return response.status == 200 && response.body == R"({"name":"a b"})" ? 0 : 1;
}
