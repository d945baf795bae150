// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_MESSAGE_TRANSPORT_HPP
#define PARLEY_CLIENT_MESSAGE_TRANSPORT_HPP

#include <parley/core/awaitable_traits.hpp>
#include <parley/core/result.hpp>
#include <parley/http/transport_error.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI {

/// A message to send. It converts to its text, so that a transport may take just a string.
struct message {
    std::string text;                                                ///< the text to send
    bool expects_answer = true;                                      ///< false if the peer sends no response
    std::optional<std::chrono::steady_clock::time_point> deadline{}; ///< when the transport should give up
    std::stop_token stop{};                                          ///< asks the transport to give up at once

    /// Returns the text.
    operator std::string_view() const noexcept { return text; }
    /// Returns the text.
    operator std::string const&() const noexcept { return text; }
};

// A message transport serves protocols without HTTP. It is supplied by the user, is callable with a message and returns the text of
// the response. It has one of the forms of HTTP transports (see client/transport.hpp):
//
//     std::string operator()(std::string_view)              send blocks; also with a parley::message const&
//     result<std::string, transport_error> operator()(...)  send blocks; failures are returned, not thrown
//     awaitable<either> operator()(message const&)          send is awaitable, with the transport's own coroutine type
//     void operator()(message const&, handler)              send takes a handler; the transport calls its own with either
//
// Any type that converts to std::string_view may replace std::string. The text is empty if the peer sends no response. The message
// lives until the response is handled.

namespace detail {

template <class T>
struct is_message_reply : std::is_convertible<std::add_lvalue_reference_t<T const>, std::string_view> {};
template <class T>
struct is_message_reply<result<T, transport_error>> : is_message_reply<T> {};

} // namespace detail

/// The text of a response, or a `result` of one.
template <class T>
concept message_reply = detail::is_message_reply<std::remove_cvref_t<T>>::value;

/// An awaitable of a `message_reply`.
template <class A>
concept awaitable_message_reply = !message_reply<A> && detail::awaitable<std::remove_cvref_t<A>> && requires {
    requires message_reply<typename awaitable_traits<std::remove_cvref_t<A>>::value_type>;
};

namespace detail {

struct message_reply_handler {
    template <message_reply R>
    void operator()(R&&) const {}
};

template <class T>
using message_reply_of = std::invoke_result_t<T&, message const&>;

} // namespace detail

/// A message transport whose call returns the response.
template <class T>
concept blocking_message_transport = std::invocable<T&, message const&> && message_reply<detail::message_reply_of<T>>;

/// A message transport whose call returns an awaitable of the response.
template <class T>
concept awaitable_message_transport = std::invocable<T&, message const&> && awaitable_message_reply<detail::message_reply_of<T>>;

/// A message transport that passes the response to a completion handler.
template <class T>
concept callback_message_transport =
    !blocking_message_transport<
        T> && !awaitable_message_transport<T> && std::invocable<T&, message const&, detail::message_reply_handler>;

/// A type that a `json_rpc_client` can send messages with. Models: a lambda of one of the forms.
template <class T>
concept message_transport = blocking_message_transport<T> || awaitable_message_transport<T> || callback_message_transport<T>;

} // namespace parley

#endif
