// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A handler returns what is neither the output of its operation nor a declared error.
// expect: handler_does_not_fit<garden::count_plants
// expect: a handler must be callable with the input of its operation

#include <parley/server.hpp>

#include <support/garden.hpp>

using namespace garden;

auto make() {
    return parley::router<parley::operations<count_plants>>{parley::handle<count_plants>([](count_plants::input const&) {
#ifdef MISTAKE
        return 1;
#else
        return count_plants::output{1};
#endif
    })};
}
