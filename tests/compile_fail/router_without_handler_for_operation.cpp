// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A router has no handler for an operation of its service.
// expect: operation_has_no_handler<garden::count_plants>
// expect: the router has no handler for this operation: add parley::handle<operation>(...)

#include <parley/server.hpp>

#include <support/garden.hpp>

using namespace garden;

auto make() {
    return parley::router<parley::operations<get_plant, count_plants>>{
        parley::handle<get_plant>([](get_plant::input const& in) { return plant{*in.name, {}}; })
#ifndef MISTAKE
        , parley::handle<count_plants>([](count_plants::input const&) { return count_plants::output{1}; })
#endif
    };
}
