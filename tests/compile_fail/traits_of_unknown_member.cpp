// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// parley_traits names a member that the struct does not have.
// expect: traits_name_no_described_member_of<place, 't', 'o', 'w', 'n'>
// expect: parley_traits names a member that the type does not have

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
    return parley::traits(parley::on("town", parley::length(1, 9)));
#else
    return parley::traits(parley::on("city", parley::length(1, 9)));
#endif
}

auto text(place const& p) { return parley::to_json(p); }
