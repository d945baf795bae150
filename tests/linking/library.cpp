// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A library that uses parley internally. LIBRARY is its namespace.
#include <parley/client.hpp>

#include <boost/describe.hpp>

#include <string>

namespace LIBRARY {

struct get_thing {
    struct input {
        std::string name;
    };
    struct output {
        int size = 0;
    };
    static constexpr auto http = parley::http("GET /things/{name}");
};
BOOST_DESCRIBE_STRUCT(get_thing::input, (), (name))
BOOST_DESCRIBE_STRUCT(get_thing::output, (), (size))

int size_of_thing(std::string const& name) {
    parley::client client{{.endpoint = "https://example.com"}, [](parley::http_request const& request) -> parley::http_response {
                              return {request.target == "/things/a%20b" ? 200 : 404, {}, R"({"size":3})"};
                          }};
    auto const thing = client.send<get_thing>({.name = name});
    return thing ? thing->size : -1;
}

} // namespace LIBRARY
