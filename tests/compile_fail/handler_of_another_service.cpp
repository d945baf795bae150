// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A router has a handler for an operation that its service does not have.
// expect: operation_is_not_in_the_service<garden::water>
// expect: this handler is for an operation that the service of the router does not have

#include <parley/server.hpp>

#include <support/garden.hpp>

using namespace garden;

auto make() {
    return parley::router<parley::operations<count_plants>>{
        parley::handle<count_plants>([](count_plants::input const&) { return count_plants::output{1}; })
#ifdef MISTAKE
        , parley::handle<water>([](parley::unit) {})
#endif
    };
}
