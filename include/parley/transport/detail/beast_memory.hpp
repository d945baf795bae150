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

/// Memory for the few Asio operations that an object has under way at once, so that none of them can fail for lack of memory. What
/// does not fit comes from the heap.
class operation_memory {
public:
    operation_memory() = default;
    operation_memory(operation_memory const&) = delete;
    operation_memory& operator=(operation_memory const&) = delete;

    void* allocate(std::size_t bytes) {
        for (auto& one : places_) {
            if (bytes <= sizeof one.bytes && !one.taken.exchange(true)) return one.bytes;
        }
        return ::operator new(bytes);
    }
    void deallocate(void* memory) noexcept {
        for (auto& one : places_) {
            if (memory == one.bytes) return one.taken.store(false);
        }
        ::operator delete(memory);
    }

private:
    struct place {
        alignas(std::max_align_t) unsigned char bytes[256];
        std::atomic<bool> taken{false};
    };
    std::array<place, 4> places_; // a read or write, a timer, and timers that were cancelled and have not said so
};

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

/// A completion handler whose operation is in `memory`.
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
