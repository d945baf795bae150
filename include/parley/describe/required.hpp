// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_REQUIRED_HPP
#define PARLEY_DESCRIBE_REQUIRED_HPP

#include <parley/core/version.hpp>

#include <compare>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

namespace detail {
struct access;
}

/// A member that every braced initializer must set. An initializer without it does not compile.
///
///     struct input { parley::required<std::string> city; std::optional<int> days; };
///     input in{.city = "Ghent"};   // compiles
///     input in{.days = 3};         // error: required<std::string>::required() is private
///
/// Otherwise it behaves like a `T`: it converts to `T const&`, and `*` and `->` access the value.
template <class T>
class required {
    required() = default; // private: a required member was omitted from the braces; give it a value there
    friend struct detail::access;

public:
    using value_type = T; ///< The type of the value.

    /// Holds `value`, converted to `T`.
    template <class U = T>
    constexpr required(U&& value) requires(
        std::is_constructible_v<T, U&&>&& std::is_convertible_v<U&&, T> && (!std::is_same_v<std::remove_cvref_t<U>, required>))
        : value_(std::forward<U>(value)) {}

    /// Returns the value.
    constexpr operator T const&() const noexcept { return value_; }
    /// Returns the value.
    constexpr T& operator*() noexcept { return value_; }
    /// Returns the value.
    constexpr T const& operator*() const noexcept { return value_; }
    /// Accesses the value.
    constexpr T* operator->() noexcept { return &value_; }
    /// Accesses the value.
    constexpr T const* operator->() const noexcept { return &value_; }

    /// Compares the values.
    friend bool operator==(required const&, required const&) = default;
    /// Compares the values.
    friend constexpr bool operator==(required const& a, T const& b) { return a.value_ == b; }

private:
    T value_{};
};

namespace detail {

// Creates empty values to decode into, even if they have required members.
struct access {
    template <class T>
    static constexpr T make() {
        return T{};
    }
    template <class T>
    static constexpr bool never_throws = noexcept(T{});
};

} // namespace detail
} // namespace parley

#endif
