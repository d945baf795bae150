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

// What a user brings: something callable with a request. What it returns decides how the client behaves.
//
//     response operator()(http_request const&)                    send blocks
//     result<response, transport_error> operator()(...)           the same; failures are told, not thrown
//     awaitable<either> operator()(http_request const&)           send is awaitable, with the transport's own coroutine type
//     void operator()(http_request const&, handler)               send takes a handler; the transport calls its own with either
//
// `response` is any type that is `response_like`. The request lives until the response is handled.
//
// A transport may have a timer of its own, so that waits between attempts do not block: `sleep(duration)` for the first
// two, the same returning an awaitable, or `sleep(duration, handler)`. Each may take a stop_token after the duration; a timer that
// does ends its wait early when asked to stop, so that a cancelled call ends at once.

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

/// A response, or a result of one.
template <class T>
concept transport_reply = detail::reply<std::remove_cvref_t<T>>::valid;

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

/// A transport whose call returns when the response is there.
template <class T>
concept blocking_transport = std::invocable<T&, http_request const&> && transport_reply<detail::reply_of<T>>;

/// A transport whose call is a coroutine.
template <class T>
concept awaitable_transport = std::invocable<T&, http_request const&> && awaitable_reply<detail::reply_of<T>>;

/// A transport that calls a handler when the response is there.
template <class T>
concept callback_transport =
    !blocking_transport<T> && !awaitable_transport<T> && std::invocable<T&, http_request const&, detail::reply_handler>;

/// Something that a client can send with. Models: `loopback`, `curl_transport`, any lambda of one of the three forms.
template <class T>
concept transport = blocking_transport<T> || awaitable_transport<T> || callback_transport<T>;

} // namespace parley

#endif
