// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_BOX_HPP
#define PARLEY_DESCRIBE_BOX_HPP

#include <parley/describe/required.hpp>

#include <memory>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// A heap-allocated `T` with value semantics, for recursive types.
///
/// Copies are deep. A box is empty only after it was moved from.
///
///     struct comment { std::string text; std::optional<parley::box<comment>> reply; };
///
/// @tparam T The type of the value. It may be incomplete where the box is declared.
template <class T>
class box {
public:
    using value_type = T; ///< The type of the value.

    /// Holds a default-constructed value.
    box() : pointer_(new T(detail::access::make<T>())) {}
    // Not `box(T)`: clang 14 would need the copy constructor of an incomplete recursive union in overload resolution.
    /// Holds a copy of `value`.
    box(T const& value) : pointer_(std::make_unique<T>(value)) {}
    /// Holds `value`, moved.
    box(T&& value) : pointer_(std::make_unique<T>(std::move(value))) {}
    /// Copies the value of `other`.
    box(box const& other) : pointer_(other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr) {}
    /// Takes the value of `other`, which becomes empty.
    box(box&&) noexcept = default;
    /// Copies the value of `other`.
    box& operator=(box const& other) {
        if (this != &other) pointer_ = other.pointer_ ? std::make_unique<T>(*other.pointer_) : nullptr;
        return *this;
    }
    /// Takes the value of `other`, which becomes empty.
    box& operator=(box&&) noexcept = default;

    /// Returns the value. The box must not be empty.
    T& operator*() noexcept { return *pointer_; }
    /// Returns the value. The box must not be empty.
    T const& operator*() const noexcept { return *pointer_; }
    /// Accesses the value. The box must not be empty.
    T* operator->() noexcept { return pointer_.get(); }
    /// Accesses the value. The box must not be empty.
    T const* operator->() const noexcept { return pointer_.get(); }

    /// Returns false only for a box that was moved from.
    bool has_value() const noexcept { return pointer_ != nullptr; }

    /// Compares the values. Neither box may be empty.
    friend bool operator==(box const& a, box const& b) { return *a == *b; }

private:
    std::unique_ptr<T> pointer_;
};

} // namespace parley

#endif
