// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_SERVER_HANDLER_RESULT_HPP
#define PARLEY_SERVER_HANDLER_RESULT_HPP

#include <parley/core/result.hpp>
#include <parley/protocol/call_error.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace parley::inline PARLEY_ABI {

/// The result of a handler: the output of `Op`, or an error that the operation or its service declares.
///
/// Converts from each of these types, and from a `std::variant` or `parley::result` of them.
///
///     parley::handler_result<get_weather> weather_in(get_weather::input const& in) {
///         if (*in.city != "Ghent") return city_unknown{"no such city"};
///         return weather{21.5};
///     }
template <operation Op>
class handler_result {
public:
    /// `std::variant` of the output and all declared errors.
    using variant = boost::mp11::mp_append<std::variant<typename Op::output>, detail::all_errors<Op>>;

    /// Stores an output or an error.
    template <class T>
    handler_result(T value) requires(boost::mp11::mp_contains<variant, T>::value)
        : value_(std::in_place_type<T>, std::move(value)) {}

    /// Stores the alternative of a variant.
    template <class... T>
    handler_result(std::variant<T...> value) requires(std::is_constructible_v<handler_result, T&&>&&...)
        : handler_result(
            std::visit([](auto&& alternative) { return handler_result(std::move(alternative)); }, std::move(value))) {}

    /// Stores the value or the error of a result.
    template <class T, class E>
    handler_result(result<T, E> value) requires(
        std::is_constructible_v<handler_result, T&&>&& std::is_constructible_v<handler_result, E&&>)
        : handler_result(value ? handler_result(std::move(*value)) : handler_result(std::move(value.error()))) {}

    /// Returns the output or the error.
    variant const& what() const noexcept { return value_; }

private:
    variant value_;
};

} // namespace parley

#endif
