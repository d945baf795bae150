// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Allocations that fail when a test says so. The unit that includes allocations.hpp makes them fail for the whole program.
#ifndef SUPPORT_FAILING_ALLOCATIONS_HPP
#define SUPPORT_FAILING_ALLOCATIONS_HPP

#include <cstddef>

namespace allocations {

/// Whether one has failed since the last `failing` was made.
inline thread_local bool failed = false;

/// While it lives, the allocation of this thread with that number (from 1) fails, and so do those after it if `keep_failing`.
class failing {
public:
    explicit failing(std::size_t number, bool keep_failing = false) noexcept : keep_failing_(keep_failing), left_(number) {
        active = this;
        failed = false;
    }
    ~failing() { active = nullptr; }
    failing(failing const&) = delete;
    failing& operator=(failing const&) = delete;

    /// Whether any has failed.
    bool hit() const noexcept { return hit_; }

    /// For operator new: whether the next one fails.
    static bool next_fails() noexcept { return active && active->next(); }

private:
    bool next() noexcept {
        if (left_ > 1) return --left_, false;
        if (left_ == 0 && !keep_failing_) return false;
        left_ = 0;
        return failed = hit_ = true;
    }

    bool keep_failing_;
    std::size_t left_;
    bool hit_ = false;
    static inline thread_local failing* active = nullptr;
};

} // namespace allocations

#endif
