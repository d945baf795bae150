// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TESTS_CONFORMANCE_CASES_HPP
#define PARLEY_TESTS_CONFORMANCE_CASES_HPP

#include "support/any_call.hpp"

#include <vector>

namespace conformance {

/// All operations that the program knows.
std::vector<any_call::operation>& operations();

} // namespace conformance

#endif
