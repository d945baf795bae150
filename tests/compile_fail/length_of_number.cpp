// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A number has a length constraint.
// expect: constraint_does_not_fit_member_of<place, 'd', 'a', 'y', 's'>
// expect: this constraint does not apply to the type of the member

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
    return parley::traits(parley::on("days", parley::length(1, 9)));
#else
    return parley::traits(parley::on("days", parley::range(1, 9)));
#endif
}

auto text(place const& p) { return parley::to_json(p); }
