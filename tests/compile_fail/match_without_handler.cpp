// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// match leaves a declared error without a handler.
// expect: match_has_no_handler_for<weather::city_unknown>
// expect: match does not handle this error

#include <parley/client.hpp>

#include <support/weather.hpp>

int handle(parley::outcome<weather::get_weather> const& today) {
#ifdef MISTAKE
    return today.error().match([](parley::failure const&) { return 1; });
#else
    return today.error().match([](weather::city_unknown const&) { return 0; }, [](parley::failure const&) { return 1; });
#endif
}
