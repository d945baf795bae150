// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// How much a program allocates. The unit that includes it counts for the whole program: one of each program may.
#ifndef SUPPORT_ALLOCATIONS_HPP
#define SUPPORT_ALLOCATIONS_HPP

#include <support/failing_allocations.hpp>

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace allocations {

inline thread_local std::size_t count = 0;
// Bytes that a thread allocated and has not given back, and the most there were since `peak` was set. It may give back what another
// one allocated.
inline thread_local std::ptrdiff_t live = 0, peak = 0;

} // namespace allocations

void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    if (allocations::must_fail()) return nullptr;
    void* const memory = std::malloc(size > 0 ? size : 1);
    if (!memory) return nullptr;
    ++allocations::count;
    allocations::live += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    allocations::peak = std::max(allocations::peak, allocations::live);
    return memory;
}
void* operator new(std::size_t size) {
    if (void* const memory = operator new(size, std::nothrow)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    if (memory) allocations::live -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete(void* memory, std::nothrow_t const&) noexcept { operator delete(memory); }

#endif
