// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_GOLDEN_RETRIES_HPP
#define PARLEY_TESTS_GOLDEN_RETRIES_HPP

#include <boost/json/object.hpp>

#include <string>
#include <vector>

// Runs the scripts of retries in virtual time, and compares what happens with what was recorded.
namespace golden {

struct difference {
    std::string where;
    std::string text;
};

/// One of the `vectors` of retries.json: consecutive calls of one client.
std::vector<difference> compare_retries(boost::json::object const& recording);

/// One of the `cases` of retry_profiles.json, with the numbers of its profile.
std::vector<difference> compare_retry_case(boost::json::object const& profile, boost::json::object const& one);

} // namespace golden

#endif
