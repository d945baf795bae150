// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_RESULT_HPP
#define PARLEY_CORE_RESULT_HPP

#include <parley/core/error.hpp>

#include <concepts>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace parley {

/// The base of all that parley throws, which it does only where a user asks for it with `value()`.
class exception : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Thrown by `result::value()` when there is none.
template <class E>
class bad_result : public exception {
public:
    explicit bad_result(E error) : exception(text_of(error)), error_(std::move(error)) {}
    E const& error() const noexcept { return error_; }

private:
    static std::string text_of(E const& error) {
        if constexpr (requires { { error.message() } -> std::convertible_to<std::string>; }) return error.message();
        else return "result has no value";
    }
    E error_;
};

/// A value, or why there is none. Converts from either.
template <class T, class E = data_error>
class [[nodiscard]] result {
public:
    using value_type = T;
    using error_type = E;

    result(T value) : value_(std::move(value)), has_value_(true) {}
    result(E error) : error_(std::move(error)), has_value_(false) {}
    /// A fresh value, made in place.
    explicit result(std::in_place_t) requires std::is_default_constructible_v<T> : value_(), has_value_(true) {}

    // Traits, and placement new: concepts and construct_at cost more to compile, for each type that is read.
    result(result const& other) requires std::is_copy_constructible_v<T> && std::is_copy_constructible_v<E>
        : has_value_(other.has_value_) {
        if (has_value_) ::new (&value_) T(other.value_);
        else ::new (&error_) E(other.error_);
    }
    result(result&& other) noexcept(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_constructible_v<E>)
        : has_value_(other.has_value_) {
        if (has_value_) ::new (&value_) T(std::move(other.value_));
        else ::new (&error_) E(std::move(other.error_));
    }
    result& operator=(result const& other) requires std::is_copy_constructible_v<T> && std::is_copy_constructible_v<E> {
        return *this = result(other);
    }
    // noexcept: what throws while it is moved would leave neither of the two behind.
    result& operator=(result&& other) noexcept {
        if (this == &other) return *this;
        destroy();
        ::new (this) result(std::move(other));
        return *this;
    }
    result& operator=(E error) noexcept {
        destroy();
        ::new (&error_) E(std::move(error));
        has_value_ = false;
        return *this;
    }
    ~result() { destroy(); }

    explicit operator bool() const noexcept { return has_value_; }
    bool has_value() const noexcept { return has_value_; }

    /// The value; undefined if there is none.
    T& operator*() & noexcept { return value_; }
    T const& operator*() const& noexcept { return value_; }
    T&& operator*() && noexcept { return std::move(value_); }
    T* operator->() noexcept { return &value_; }
    T const* operator->() const noexcept { return &value_; }

    /// The value; throws `bad_result<E>` if there is none.
    T& value() & { return check(), **this; }
    T const& value() const& { return check(), **this; }
    T value() && { return check(), std::move(**this); }

    /// Why there is no value; undefined if there is one.
    E& error() & noexcept { return error_; }
    E const& error() const& noexcept { return error_; }
    E&& error() && noexcept { return std::move(error_); }

private:
    void check() const {
        if (!has_value()) throw bad_result<E>(error());
    }
    void destroy() noexcept {
        if (has_value_) value_.~T();
        else error_.~E();
    }

    // By hand: a std::variant costs much more to compile, for each type that is read.
    union {
        T value_;
        E error_;
    };
    bool has_value_;
};

} // namespace parley

#endif
