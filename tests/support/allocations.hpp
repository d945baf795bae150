// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Counts allocations and makes them fail on request. Replaces operator new, so only one translation unit of a program may include
// it.
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
// Bytes that the thread has allocated minus those it has freed, and their maximum since `peak` was set. `live` may be negative: a
// thread may free memory of another one.
inline thread_local std::ptrdiff_t live = 0, peak = 0;

inline void* counted(void* memory) noexcept {
    if (!memory) return nullptr;
    ++count;
    live += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    peak = std::max(peak, live);
    return memory;
}

} // namespace allocations

void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return allocations::failing::next_fails() ? nullptr : allocations::counted(std::malloc(size > 0 ? size : 1));
}
void* operator new(std::size_t size) {
    if (void* const memory = operator new(size, std::nothrow)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    void* memory = nullptr;
    auto const at = std::max(static_cast<std::size_t>(alignment), sizeof(void*));
    if (allocations::failing::next_fails() || posix_memalign(&memory, at, size > 0 ? size : 1) != 0) throw std::bad_alloc();
    return allocations::counted(memory);
}
void operator delete(void* memory) noexcept {
    if (memory) allocations::live -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete(void* memory, std::nothrow_t const&) noexcept { operator delete(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { operator delete(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { operator delete(memory); }

#endif
