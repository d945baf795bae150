// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Allocations that fail when a test says so. The program needs a source that includes support/allocations.hpp.
#ifndef PARLEY_TESTS_SUPPORT_FAILING_ALLOCATIONS_HPP
#define PARLEY_TESTS_SUPPORT_FAILING_ALLOCATIONS_HPP

#include <cstddef>

namespace allocations {

// Allocations of this thread until the one that fails, which is itself counted; 0: none fails.
inline thread_local std::size_t left = 0;
inline thread_local bool all_after = false; // whether those after it fail as well
inline thread_local bool failed = false;

// Called for each allocation.
inline bool fails() noexcept {
    if (left == 0 || --left > 0) return false;
    failed = true;
    if (all_after) left = 1;
    return true;
}

// While it lives, the n-th allocation of this thread fails, counted from 1, and perhaps all after it.
struct failing {
    explicit failing(std::size_t n, bool and_all_after = false) noexcept {
        failed = false;
        all_after = and_all_after;
        left = n;
    }
    failing(failing const&) = delete;
    failing& operator=(failing const&) = delete;
    ~failing() { left = 0; }
};

} // namespace allocations

#endif
