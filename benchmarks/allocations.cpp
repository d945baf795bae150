// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
// Counts allocations, also those of C libraries: with glibc, a program may define malloc.
#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
}

namespace {
std::size_t counted = 0;
}

std::size_t allocations() { return counted; }

extern "C" {
void* malloc(std::size_t size) { return ++counted, __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return ++counted, __libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return ++counted, __libc_realloc(memory, size); }
}
