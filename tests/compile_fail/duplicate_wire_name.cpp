// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Two members have the same name on the wire.
// expect: two_members_have_the_same_wire_name_in<place, 'd', 'a', 'y', 's'>
// expect: two members have the same name on the wire

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
    return parley::traits(parley::on("days", parley::wire_name("city")));
#else
    return parley::traits(parley::on("days", parley::wire_name("duration")));
#endif
}

auto text(place const& p) { return parley::to_json(p); }
