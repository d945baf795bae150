// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A failure is tested for an error that neither the operation nor its service declares.
// expect: neither the operation nor its service declares it

#include <parley/client.hpp>

#include <support/weather.hpp>

bool is_lost(parley::outcome<weather::get_weather> const& today) {
#ifdef MISTAKE
    return today.error().is<std::string>();
#else
    return today.error().is<weather::city_unknown>();
#endif
}
