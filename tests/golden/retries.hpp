// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_GOLDEN_RETRIES_HPP
#define PARLEY_TESTS_GOLDEN_RETRIES_HPP

#include <boost/json/object.hpp>

#include <string>
#include <vector>

/// Runs retry scripts in virtual time and compares the library with the recordings.
namespace golden {

/// A difference and the part of the recording that it is in.
struct difference {
    std::string where;
    std::string text;
};

/// Compares one of the `vectors` of retries.json: consecutive calls of one client. Throws std::exception if it is malformed.
std::vector<difference> compare_retries(boost::json::object const& recording);

/// Compares one of the `cases` of retry_profiles.json, with the numbers of its profile.
std::vector<difference> compare_retry_case(boost::json::object const& profile, boost::json::object const& one);

} // namespace golden

#endif
