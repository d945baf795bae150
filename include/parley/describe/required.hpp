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

/// A member that a braced input cannot leave out: without it the input does not compile.
///
///     struct input { parley::required<std::string> city; std::optional<int> days; };
///     input in{.city = "Ghent"};   // fine
///     input in{.days = 3};         // error: required<std::string>::required() is private
///
/// Otherwise it is a `T`: it converts to one, and `*` and `->` reach it.
template <class T>
class required {
    required() = default; // private: a required member was left out of the braces; give it a value there
    friend struct detail::access;

public:
    using value_type = T;

    template <class U = T>
    constexpr required(U&& value) requires(
        std::is_constructible_v<T, U&&>&& std::is_convertible_v<U&&, T> && (!std::is_same_v<std::remove_cvref_t<U>, required>))
        : value_(std::forward<U>(value)) {}

    constexpr operator T const&() const noexcept { return value_; }
    constexpr T& operator*() noexcept { return value_; }
    constexpr T const& operator*() const noexcept { return value_; }
    constexpr T* operator->() noexcept { return &value_; }
    constexpr T const* operator->() const noexcept { return &value_; }

    friend bool operator==(required const&, required const&) = default;
    friend constexpr bool operator==(required const& a, T const& b) { return a.value_ == b; }

private:
    T value_{};
};

namespace detail {

// The library itself makes empty inputs, to decode into them.
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
