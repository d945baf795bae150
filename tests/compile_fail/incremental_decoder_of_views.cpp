// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A type with views is decoded incrementally.
// expect: parley: a decoder keeps nothing of what it is fed

#include <parley/json.hpp>

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>

#ifdef MISTAKE
using text = std::string_view;
#else
using text = std::string;
#endif
struct city {
    text name{};
};
BOOST_DESCRIBE_STRUCT(city, (), (name))

void read() { parley::decoder<city> decoder; }
