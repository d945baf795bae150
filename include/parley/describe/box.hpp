// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BOX_HPP
#define PARLEY_DESCRIBE_BOX_HPP

#include <parley/describe/required.hpp>

#include <memory>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// A `T` on the heap with the meaning of a `T`: copied deeply, never empty (but after a move). For types that hold themselves.
///
///     struct comment { std::string text; std::optional<parley::box<comment>> answer; };
template <class T>
class box {
public:
    using value_type = T;

    box() : pointer_(new T(detail::access::make<T>())) {}
    // Not of a T by value: clang 14 would want to copy that where it looks whether a union that holds itself can be made of another.
    box(T const& value) : pointer_(std::make_unique<T>(value)) {}
    box(T&& value) : pointer_(std::make_unique<T>(std::move(value))) {}
    box(box const& other) : pointer_(other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr) {}
    box(box&&) noexcept = default;
    box& operator=(box const& other) {
        if (this != &other) pointer_ = other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr;
        return *this;
    }
    box& operator=(box&&) noexcept = default;

    T& operator*() noexcept { return *pointer_; }
    T const& operator*() const noexcept { return *pointer_; }
    T* operator->() noexcept { return pointer_.get(); }
    T const* operator->() const noexcept { return pointer_.get(); }

    /// False only for a box that was moved from.
    bool has_value() const noexcept { return pointer_ != nullptr; }

    friend bool operator==(box const& a, box const& b) { return *a == *b; }

private:
    std::unique_ptr<T> pointer_;
};

} // namespace parley

#endif
