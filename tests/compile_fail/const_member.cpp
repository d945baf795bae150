// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A described member is const and cannot be decoded.
// expect: a_member_is_const_in<place, 'd', 'a', 'y', 's'>
// expect: parley: this member is const, but decoding assigns to the members: remove the const

#include <parley/json.hpp>

#include <boost/describe.hpp>

#include <string>

struct place {
    std::string city;
#ifdef MISTAKE
    int const days = 0;
#else
    int days = 0;
#endif
};
BOOST_DESCRIBE_STRUCT(place, (), (city, days))

auto text(place const& p) { return parley::to_json(p); }
