// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// How much a program allocates. The unit that includes it counts for the whole program: one of each program may.
#ifndef SUPPORT_ALLOCATIONS_HPP
#define SUPPORT_ALLOCATIONS_HPP

#include <cstddef>
#include <cstdlib>
#include <new>

namespace allocations {

inline thread_local std::size_t count = 0;

} // namespace allocations

void* operator new(std::size_t size) {
    ++allocations::count;
    if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

#endif
