// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Lets tests make allocations fail. Needs allocations.hpp in one translation unit of the program.
#ifndef SUPPORT_FAILING_ALLOCATIONS_HPP
#define SUPPORT_FAILING_ALLOCATIONS_HPP

#include <cstddef>

namespace allocations {

/// Whether an allocation of this thread has failed since the last `failing` was constructed.
inline thread_local bool failed = false;

/// During its lifetime, makes allocation `number` (from 1) of this thread fail, and all later ones if `keep_failing` is set.
class failing {
public:
    explicit failing(std::size_t number, bool keep_failing = false) noexcept : keep_failing_(keep_failing), left_(number) {
        active = this;
        failed = false;
    }
    ~failing() { active = nullptr; }
    failing(failing const&) = delete;
    failing& operator=(failing const&) = delete;

    /// Returns whether an allocation has failed.
    bool hit() const noexcept { return hit_; }

    /// Returns whether the next allocation fails. Called by operator new.
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
