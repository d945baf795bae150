// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Two labels of a path are adjacent.
// expect: two labels of a path must be separated

#include <parley/server.hpp>

#include <boost/describe.hpp>

struct find_plant {
    struct input { parley::required<std::string> garden, plant; };
    struct output {};
#ifdef MISTAKE
    static constexpr auto http = parley::http("GET /beds/{garden}{plant}");
#else
    static constexpr auto http = parley::http("GET /beds/{garden}-{plant}");
#endif
};
BOOST_DESCRIBE_STRUCT(find_plant::input, (), (garden, plant))
BOOST_DESCRIBE_STRUCT(find_plant::output, (), ())

bool is_for(parley::http_request const& request) { return parley::rest_json::matches<find_plant>(request); }
