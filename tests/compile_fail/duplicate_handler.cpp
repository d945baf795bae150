// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A router has two handlers for one operation.
// expect: operation_has_two_handlers<garden::count_plants>
// expect: the router has two handlers for this operation: remove one

#include <parley/server.hpp>

#include <support/garden.hpp>

using namespace garden;

auto make() {
    return parley::router<parley::operations<count_plants>>{
        parley::handle<count_plants>([](count_plants::input const&) { return count_plants::output{1}; })
#ifdef MISTAKE
        , parley::handle<count_plants>([](count_plants::input const&) { return count_plants::output{2}; })
#endif
    };
}
