// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_TRANSPORT_DETAIL_BEAST_MEMORY_HPP
#define PARLEY_TRANSPORT_DETAIL_BEAST_MEMORY_HPP

#include <parley/core/version.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <new>
#include <utility>

namespace parley::inline PARLEY_ABI::detail {

/// Reserved memory for the few Asio operations that an object has pending at once, so that their allocation cannot fail. Larger or
/// further operations use the heap.
class operation_memory {
public:
    operation_memory() = default;
    operation_memory(operation_memory const&) = delete;
    operation_memory& operator=(operation_memory const&) = delete;

    void* allocate(std::size_t bytes) {
        for (auto& one : blocks_) {
            if (bytes <= sizeof one.bytes && !one.used.exchange(true)) return one.bytes;
        }
        return ::operator new(bytes);
    }
    void deallocate(void* memory) noexcept {
        for (auto& one : blocks_) {
            if (memory == one.bytes) return one.used.store(false);
        }
        ::operator delete(memory);
    }

private:
    struct block {
        alignas(std::max_align_t) unsigned char bytes[256];
        std::atomic<bool> used{false};
    };
    std::array<block, 4> blocks_; // a read or write, a timer, and cancelled timers whose handlers have not run yet
};

/// An allocator over `operation_memory`.
template <class T>
class operation_allocator {
public:
    using value_type = T;

    explicit operation_allocator(operation_memory& memory) noexcept : memory_(&memory) {}
    template <class U>
    operation_allocator(operation_allocator<U> const& other) noexcept : memory_(other.memory_) {}

    T* allocate(std::size_t count) { return static_cast<T*>(memory_->allocate(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t) noexcept { memory_->deallocate(memory); }
    template <class U>
    bool operator==(operation_allocator<U> const& other) const noexcept {
        return memory_ == other.memory_;
    }

private:
    template <class>
    friend class operation_allocator;
    operation_memory* memory_;
};

/// A completion handler whose operation is allocated in `memory`.
template <class F>
class operation_handler {
public:
    using allocator_type = operation_allocator<void>;

    operation_handler(operation_memory& memory, F f) : memory_(&memory), f_(std::move(f)) {}
    allocator_type get_allocator() const noexcept { return allocator_type(*memory_); }
    template <class... A>
    void operator()(A const&... a) {
        f_(a...);
    }

private:
    operation_memory* memory_;
    F f_;
};

} // namespace parley::detail

#endif
