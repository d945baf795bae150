// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A pattern uses an unsupported feature.
// expect: parley::pattern: back references are not supported

#include <parley/json.hpp>

#include <boost/describe.hpp>

#include <string>

struct place {
    std::string city;
    int days = 0;
};
BOOST_DESCRIBE_STRUCT(place, (), (city, days))

constexpr auto parley_traits(place const*) {
#ifdef MISTAKE
    return parley::traits(parley::on("city", parley::pattern("^(a)\\1$")));
#else
    return parley::traits(parley::on("city", parley::pattern("^(a)a$")));
#endif
}

auto text(place const& p) { return parley::to_json(p); }
