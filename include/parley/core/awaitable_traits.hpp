// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_AWAITABLE_TRAITS_HPP
#define PARLEY_CORE_AWAITABLE_TRAITS_HPP

#include <parley/core/version.hpp>

#include <coroutine>

namespace parley::inline PARLEY_ABI {

/// Properties of a coroutine type: the type of its result, and the same coroutine type with another result.
///
/// Works for class templates whose first argument is the type of the result. Specialize it for other coroutine types.
///
/// @tparam A A coroutine type, such as `boost::asio::awaitable<T>`.
template <class A>
struct awaitable_traits;

/// Properties of a coroutine type `A<T, Rest...>`.
template <template <class...> class A, class T, class... Rest>
struct awaitable_traits<A<T, Rest...>> {
    using value_type = T; ///< the type of the result
    /// The coroutine type with the result `U`.
    template <class U>
    using rebind = A<U, Rest...>;
};

namespace detail {

/// Satisfied by the return types of coroutines, and not by other class templates such as std::optional.
template <class A>
concept awaitable = requires {
    typename awaitable_traits<A>::value_type;
    typename std::coroutine_traits<
        typename awaitable_traits<A>::template rebind<typename awaitable_traits<A>::value_type>>::promise_type;
};

} // namespace detail

} // namespace parley

#endif
