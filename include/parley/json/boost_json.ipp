// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_JSON_BOOST_JSON_IPP
#define PARLEY_JSON_BOOST_JSON_IPP

// Boost.JSON is compiled into the unit that holds parley, unless the program has it already.
#ifdef PARLEY_BOOST_JSON_LINKED
#include <boost/json.hpp>
#else
#include <boost/json/src.hpp>
#endif

#endif
