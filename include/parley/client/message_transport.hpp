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

/// What a transport of plain messages is given. It converts to its text, so that a transport may take just that.
struct message {
    std::string text;
    bool expects_answer = true; ///< false: the peer will send nothing back, so a transport should not wait for it
    std::optional<std::chrono::steady_clock::time_point> deadline{}; ///< a transport should give up then
    std::stop_token stop{};                                          ///< asks the transport to give up at once

    operator std::string_view() const noexcept { return text; }
    operator std::string const&() const noexcept { return text; }
};

// What a user brings for protocols that need no HTTP: something callable with a message, which gives what the peer answers. It may be
// of any of the forms that transports of HTTP have (see client/transport.hpp):
//
//     std::string operator()(std::string_view)              send blocks; so for a parley::message const&
//     result<std::string, transport_error> operator()(...)  the same; failures are told, not thrown
//     awaitable<either> operator()(message const&)          send is awaitable, with the transport's own coroutine type
//     void operator()(message const&, handler)              send takes a handler; the transport calls its own with either
//
// In the place of a std::string may be anything that converts to std::string_view. Where the peer answers nothing, it is empty. The
// message lives until the answer is handled.

namespace detail {

template <class T>
struct is_message_reply : std::is_convertible<std::add_lvalue_reference_t<T const>, std::string_view> {};
template <class T>
struct is_message_reply<result<T, transport_error>> : is_message_reply<T> {};

} // namespace detail

/// What the peer answered, or a result of it.
template <class T>
concept message_reply = detail::is_message_reply<std::remove_cvref_t<T>>::value;

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

/// A transport whose call returns when the answer is there.
template <class T>
concept blocking_message_transport = std::invocable<T&, message const&> && message_reply<detail::message_reply_of<T>>;

/// A transport whose call is a coroutine.
template <class T>
concept awaitable_message_transport = std::invocable<T&, message const&> && awaitable_message_reply<detail::message_reply_of<T>>;

/// A transport that calls a handler when the answer is there.
template <class T>
concept callback_message_transport =
    !blocking_message_transport<
        T> && !awaitable_message_transport<T> && std::invocable<T&, message const&, detail::message_reply_handler>;

/// Something that plain messages can be sent with. Models: any lambda of one of the forms.
template <class T>
concept message_transport = blocking_message_transport<T> || awaitable_message_transport<T> || callback_message_transport<T>;

} // namespace parley

#endif
