// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// A type with views is decoded incrementally.
// expect: parley: a decoder does not keep the text

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
