// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_AWAITABLE_TRAITS_HPP
#define PARLEY_CORE_AWAITABLE_TRAITS_HPP

#include <parley/core/version.hpp>

#include <coroutine>

namespace parley::inline PARLEY_ABI {

/// What a coroutine type yields, and its sibling that yields something else. Specialize it for a coroutine type that is no
/// class template whose first argument is what it yields.
template <class A>
struct awaitable_traits;

template <template <class...> class A, class T, class... Rest>
struct awaitable_traits<A<T, Rest...>> {
    using value_type = T;
    template <class U>
    using rebind = A<U, Rest...>;
};

namespace detail {

/// True for what a coroutine returns: a std::optional, for instance, is a class template as well.
template <class A>
concept awaitable = requires {
    typename awaitable_traits<A>::value_type;
    typename std::coroutine_traits<
        typename awaitable_traits<A>::template rebind<typename awaitable_traits<A>::value_type>>::promise_type;
};

} // namespace detail

} // namespace parley

#endif
