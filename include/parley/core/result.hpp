// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_RESULT_HPP
#define PARLEY_CORE_RESULT_HPP

#include <parley/core/error.hpp>

#include <concepts>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

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

    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
    /// A fresh value, made in place.
    explicit result(std::in_place_t) requires std::default_initializable<T> : state_(std::in_place_index<0>) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    bool has_value() const noexcept { return state_.index() == 0; }

    /// The value; undefined if there is none.
    T& operator*() & noexcept { return *std::get_if<0>(&state_); }
    T const& operator*() const& noexcept { return *std::get_if<0>(&state_); }
    T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
    T* operator->() noexcept { return std::get_if<0>(&state_); }
    T const* operator->() const noexcept { return std::get_if<0>(&state_); }

    /// The value; throws `bad_result<E>` if there is none.
    T& value() & { return check(), **this; }
    T const& value() const& { return check(), **this; }
    T value() && { return check(), std::move(**this); }

    /// Why there is no value; undefined if there is one.
    E& error() & noexcept { return *std::get_if<1>(&state_); }
    E const& error() const& noexcept { return *std::get_if<1>(&state_); }
    E&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

private:
    void check() const {
        if (!has_value()) throw bad_result<E>(error());
    }
    std::variant<T, E> state_;
};

} // namespace parley

#endif
