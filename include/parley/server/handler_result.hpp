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

/// What a server says to a call of `Op`: its output, or an error that the operation or its service declares. Made of one of
/// them, of a `std::variant` of some, or of a `parley::result` of such.
///
///     parley::handler_result<get_weather> weather_in(get_weather::input const& in) {
///         if (*in.city != "Ghent") return city_unknown{"no such city"};
///         return weather{21.5};
///     }
template <operation Op>
class handler_result {
public:
    using variant = boost::mp11::mp_append<std::variant<typename Op::output>, detail::all_errors<Op>>;

    template <class T>
    handler_result(T value) requires(boost::mp11::mp_contains<variant, T>::value)
        : what_(std::in_place_type<T>, std::move(value)) {}

    template <class... T>
    handler_result(std::variant<T...> value) requires(std::is_constructible_v<handler_result, T&&>&&...)
        : handler_result(std::visit([](auto&& held) { return handler_result(std::move(held)); }, std::move(value))) {}

    template <class T, class E>
    handler_result(result<T, E> value) requires(
        std::is_constructible_v<handler_result, T&&>&& std::is_constructible_v<handler_result, E&&>)
        : handler_result(value ? handler_result(std::move(*value)) : handler_result(std::move(value.error()))) {}

    variant const& what() const noexcept { return what_; }

private:
    variant what_;
};

} // namespace parley

#endif
