// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_TRANSPORT_HPP
#define PARLEY_CLIENT_TRANSPORT_HPP

#include <parley/core/awaitable_traits.hpp>
#include <parley/core/result.hpp>
#include <parley/http/request.hpp>
#include <parley/http/response.hpp>
#include <parley/http/transport_error.hpp>

#include <chrono>
#include <concepts>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

// A transport is supplied by the user and is callable with a request. Its result decides how the client behaves.
//
//     response operator()(http_request const&)                    send blocks
//     result<response, transport_error> operator()(...)           send blocks; failures are returned, not thrown
//     awaitable<either> operator()(http_request const&)           send is awaitable, with the transport's own coroutine type
//     void operator()(http_request const&, handler)               send takes a handler; the transport calls its own with either
//
// `response` is any type that models `response_like`. The request lives until the response is handled.
//
// A transport may have a timer, so that waits between attempts do not block a thread: `sleep(duration)` for the first two forms,
// `sleep(duration)` that returns an awaitable, or `sleep(duration, handler)`. Each may take a stop_token after the duration. Such a
// timer ends its wait early when a stop is requested, so that a cancelled call ends at once.

namespace detail {

template <class T>
struct reply {
    static constexpr bool valid = response_like<T>;
};
template <class R>
struct reply<result<R, transport_error>> {
    static constexpr bool valid = response_like<R>;
};

} // namespace detail

/// A response, or a `result<response, transport_error>`.
template <class T>
concept transport_reply = detail::reply<std::remove_cvref_t<T>>::valid;

/// An awaitable of a `transport_reply`.
template <class A>
concept awaitable_reply = !transport_reply<A> && detail::awaitable<std::remove_cvref_t<A>> && requires {
    requires transport_reply<typename awaitable_traits<std::remove_cvref_t<A>>::value_type>;
};

namespace detail {

struct reply_handler {
    template <transport_reply R>
    void operator()(R&&) const {}
};
struct wake_handler {
    void operator()() const {}
};

template <class T>
using reply_of = std::invoke_result_t<T&, http_request const&>;

} // namespace detail

/// A transport whose call returns the response.
template <class T>
concept blocking_transport = std::invocable<T&, http_request const&> && transport_reply<detail::reply_of<T>>;

/// A transport whose call returns an awaitable of the response.
template <class T>
concept awaitable_transport = std::invocable<T&, http_request const&> && awaitable_reply<detail::reply_of<T>>;

/// A transport that passes the response to a completion handler.
template <class T>
concept callback_transport =
    !blocking_transport<T> && !awaitable_transport<T> && std::invocable<T&, http_request const&, detail::reply_handler>;

/// A type that a client can send requests with. Models: `loopback`, `curl_transport`, a lambda of one of the three forms.
template <class T>
concept transport = blocking_transport<T> || awaitable_transport<T> || callback_transport<T>;

} // namespace parley

#endif
