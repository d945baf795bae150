// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_RESULT_HPP
#define PARLEY_CORE_RESULT_HPP

#include <parley/core/error.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// The base class of the exceptions of parley. Only `result::value()` and functions that document it throw them.
class exception : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Thrown by `result::value()` if the result holds an error.
/// @tparam E The type of the error.
template <class E>
class bad_result : public exception {
public:
    /// Constructs the exception; `what()` is the message of `error`.
    explicit bad_result(E error) : exception(text_of(error)), error_(std::move(error)) {}
    /// Returns the error of the result.
    E const& error() const noexcept { return error_; }

private:
    static std::string text_of(E const& error) {
        if constexpr (requires {
                          { error.message() } -> std::convertible_to<std::string>;
                      })
            return error.message();
        else return "the result has no value";
    }
    E error_;
};

template <class T, class E = data_error>
class result;

namespace detail {
template <class T>
inline constexpr bool is_result = false;
template <class T, class E>
inline constexpr bool is_result<result<T, E>> = true;
} // namespace detail

/// A value or an error, with the interface of `std::expected` (C++23). Converts implicitly from either.
///
/// @tparam T The type of the value.
/// @tparam E The type of the error; not `T`.
///
/// @par Example
///     parley::result<weather> read = parley::from_json<weather>(text);
///     double celsius = read.transform([](weather const& w) { return w.celsius; }).value_or(0);
template <class T, class E>
class [[nodiscard]] result {
public:
    using value_type = T; ///< the type of the value
    using error_type = E; ///< the type of the error

    /// Constructs a result with a value.
    result(T value) : value_(std::move(value)), has_value_(true) {}
    /// Constructs a result with an error.
    result(E error) : error_(std::move(error)), has_value_(false) {}
    /// Constructs a result with a default-constructed value, in place.
    explicit result(std::in_place_t) requires std::is_default_constructible_v<T> : value_(), has_value_(true) {}

    // Uses type traits and placement new: concepts and std::construct_at would cost more compile time for each instantiation.
    /// Copies the value or the error.
    result(result const& other) requires std::is_copy_constructible_v<T> && std::is_copy_constructible_v<E>
        : has_value_(other.has_value_) {
        if (has_value_) ::new (&value_) T(other.value_);
        else ::new (&error_) E(other.error_);
    }
    /// Moves the value or the error.
    result(result&& other) noexcept(std::is_nothrow_move_constructible_v<T>&& std::is_nothrow_move_constructible_v<E>)
        : has_value_(other.has_value_) {
        if (has_value_) ::new (&value_) T(std::move(other.value_));
        else ::new (&error_) E(std::move(other.error_));
    }
    /// Copies the value or the error.
    result& operator=(result const& other) requires std::is_copy_constructible_v<T> && std::is_copy_constructible_v<E> {
        return *this = result(other);
    }
    /// Moves the value or the error. Calls std::terminate if moving throws: the result would hold neither a value nor an error.
    result& operator=(result&& other) noexcept {
        if (this == &other) return *this;
        destroy();
        ::new (this) result(std::move(other));
        return *this;
    }
    /// Assigns an error.
    result& operator=(E error) noexcept {
        destroy();
        ::new (&error_) E(std::move(error));
        has_value_ = false;
        return *this;
    }
    ~result() { destroy(); }

    /// Returns whether the result holds a value.
    explicit operator bool() const noexcept { return has_value_; }
    /// Returns whether the result holds a value.
    bool has_value() const noexcept { return has_value_; }

    /// Returns the value. The behaviour is undefined if the result holds an error.
    T& operator*() & noexcept { return value_; }
    /// @overload
    T const& operator*() const& noexcept { return value_; }
    /// @overload
    T&& operator*() && noexcept { return std::move(value_); }
    /// Accesses a member of the value. The behaviour is undefined if the result holds an error.
    T* operator->() noexcept { return &value_; }
    /// @overload
    T const* operator->() const noexcept { return &value_; }

    /// Returns the value.
    /// @throws bad_result<E> If the result holds an error.
    T& value() & { return check(), **this; }
    /// @overload
    T const& value() const& { return check(), **this; }
    /// @overload
    T value() && { return check(), std::move(**this); }

    /// Returns the error. The behaviour is undefined if the result holds a value.
    E& error() & noexcept { return error_; }
    /// @overload
    E const& error() const& noexcept { return error_; }
    /// @overload
    E&& error() && noexcept { return std::move(error_); }

    /// Returns the value, or `other` converted to `T` if the result holds an error.
    template <class U>
    T value_or(U&& other) const& {
        return has_value_ ? value_ : static_cast<T>(std::forward<U>(other));
    }
    /// @overload
    template <class U>
    T value_or(U&& other) && {
        return has_value_ ? std::move(value_) : static_cast<T>(std::forward<U>(other));
    }

    /// Continues with the value.
    /// @param next A function that takes the value and returns a `result` with the same type of error.
    /// @return The result of `next`, or the error.
    template <class F>
    auto and_then(F&& next) const& {
        return and_then_of(*this, std::forward<F>(next));
    }
    /// @overload
    template <class F>
    auto and_then(F&& next) && {
        return and_then_of(std::move(*this), std::forward<F>(next));
    }

    /// Changes the value.
    /// @param change A function that takes the value and returns the new one, of any type.
    /// @return A result with the new value, or the error.
    template <class F>
    auto transform(F&& change) const& {
        return transform_of(*this, std::forward<F>(change));
    }
    /// @overload
    template <class F>
    auto transform(F&& change) && {
        return transform_of(std::move(*this), std::forward<F>(change));
    }

    /// Handles the error.
    /// @param recover A function that takes the error and returns a `result` with the same type of value.
    /// @return The value, or the result of `recover`.
    template <class F>
    auto or_else(F&& recover) const& {
        return or_else_of(*this, std::forward<F>(recover));
    }
    /// @overload
    template <class F>
    auto or_else(F&& recover) && {
        return or_else_of(std::move(*this), std::forward<F>(recover));
    }

    /// Returns whether both results hold equal values, or both hold equal errors.
    friend bool operator==(result const& a, result const& b) requires requires(T const& value, E const& error) {
        static_cast<bool>(value == value), static_cast<bool>(error == error);
    }
    {
        if (a.has_value_ != b.has_value_) return false;
        return a.has_value_ ? static_cast<bool>(a.value_ == b.value_) : static_cast<bool>(a.error_ == b.error_);
    }

private:
    template <class Self, class F>
    static auto and_then_of(Self&& self, F&& next) {
        using next_result = std::remove_cvref_t<std::invoke_result_t<F, decltype(*std::forward<Self>(self))>>;
        static_assert(detail::is_result<next_result>, "parley: the argument of result::and_then must return a parley::result");
        if (self) return next_result(std::invoke(std::forward<F>(next), *std::forward<Self>(self)));
        return next_result(std::forward<Self>(self).error());
    }
    template <class Self, class F>
    static auto transform_of(Self&& self, F&& change) {
        using changed = result<std::remove_cvref_t<std::invoke_result_t<F, decltype(*std::forward<Self>(self))>>, E>;
        if (self) return changed(std::invoke(std::forward<F>(change), *std::forward<Self>(self)));
        return changed(std::forward<Self>(self).error());
    }
    template <class Self, class F>
    static auto or_else_of(Self&& self, F&& recover) {
        using other = std::remove_cvref_t<std::invoke_result_t<F, decltype(std::forward<Self>(self).error())>>;
        static_assert(detail::is_result<other>, "parley: the argument of result::or_else must return a parley::result");
        if (self) return other(*std::forward<Self>(self));
        return other(std::invoke(std::forward<F>(recover), std::forward<Self>(self).error()));
    }
    void check() const {
        if (!has_value()) throw bad_result<E>(error());
    }
    void destroy() noexcept {
        if (has_value_) value_.~T();
        else error_.~E();
    }

    // Not a std::variant, which would cost much more compile time for each instantiation.
    union {
        T value_;
        E error_;
    };
    bool has_value_;
};

} // namespace parley

#endif
