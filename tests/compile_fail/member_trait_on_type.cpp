// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A trait of a member is applied to the whole struct.
// expect: parley: this trait applies to a member, not to a type

#include <parley/json.hpp>

#include <boost/describe.hpp>

struct city {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(city, (), (name))
#ifdef MISTAKE
constexpr auto parley_traits(city const*) { return parley::traits(parley::max_length(80)); }
#else
constexpr auto parley_traits(city const*) { return parley::traits(parley::on("name", parley::max_length(80))); }
#endif

auto text(city const& c) { return parley::to_json(c); }
