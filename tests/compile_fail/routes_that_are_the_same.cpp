// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Two operations of a router have routes that no request can tell apart.
// expect: operations_are_ambiguous<garden::get_plant, find_plant>
// expect: these two operations have the same method, path, query literals and host

#include <parley/server.hpp>

#include <support/garden.hpp>

using namespace garden;

struct find_plant {
    struct input { parley::required<std::string> garden, plant; };
    using output = parley::unit;
#ifdef MISTAKE
    static constexpr auto http = parley::http("GET /beds/{garden}/{plant}");
#else
    static constexpr auto http = parley::http("GET /beds/{garden}/{plant}?find");
#endif
};
BOOST_DESCRIBE_STRUCT(find_plant::input, (), (garden, plant))

auto make() {
    return parley::router<parley::operations<get_plant, find_plant, set_plants>>{parley::otherwise_not_implemented()};
}
