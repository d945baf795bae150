// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Lets one allocation fail. The program has the operators new of allocations.hpp, in one of its units.
#ifndef SUPPORT_FAILING_ALLOCATIONS_HPP
#define SUPPORT_FAILING_ALLOCATIONS_HPP

#include <cstddef>

namespace allocations {

// How many allocations of this thread succeed before one fails, and all after it succeed again; below zero: none fails.
inline thread_local std::ptrdiff_t left = -1;

inline bool must_fail() noexcept { return left >= 0 && left-- == 0; }

/// While it lives, allocation number `point` of this thread fails, counted from 0.
class failing {
public:
    explicit failing(std::size_t point) noexcept { left = static_cast<std::ptrdiff_t>(point); }
    ~failing() { left = -1; }
    failing(failing const&) = delete;
    failing& operator=(failing const&) = delete;
    /// Whether it did.
    bool failed() const noexcept { return left < 0; }
};

} // namespace allocations

#endif
