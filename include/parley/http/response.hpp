// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_RESPONSE_HPP
#define PARLEY_HTTP_RESPONSE_HPP

#include <parley/http/headers.hpp>
#include <parley/http/message.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// A response of the library's own.
struct http_response {
    int status = 0;
    headers fields;
    std::string body;
};

/// What parley reads of a response of any type, without a copy. Valid while the response is.
struct response_view : field_view {
    int status = 0;
    std::string_view body;
    std::string* owned = nullptr; ///< the string that `body` shows, if the reader may take it; then `body` shows nothing any more
};

namespace detail {

template <class R>
concept has_body_string = requires {
    requires std::same_as<decltype(R::body), std::string>;
};
template <class R>
concept moves_body = requires(R&& r) {
    { std::move(r).body() } -> std::same_as<std::string&&>;
};

} // namespace detail

/// How to read a response type. Nothing may be returned by value that owns its text. Specialize it for a type that has
/// other names than these:
///
///     template <> struct parley::response_traits<my::response> {
///         static int status(my::response const& r) { return r.code; }
///         static std::string_view body(my::response const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::response const& r, std::string_view name);
///         template <class F> static void each_header(my::response const& r, F&& f);   // may be left out: f(name, value)
///         static std::string take_body(my::response&& r) { return std::move(r.content); }   // may be left out
///     };
///
/// `take_body` is called once, when the transport has given the response away, and leaves status and fields as they are. What is
/// read into the output as it came, a blob or text that is the whole body, is that string then, and not a copy. Without it, a
/// member `body` of type std::string is taken, and what `std::move(r).body()` gives where that is a `std::string&&`.
template <class R>
struct response_traits : detail::message_traits<R> {
    static int status(R const& r) requires requires { static_cast<int>(r.status()); } || requires {
        static_cast<int>(r.status);
    }
    {
        if constexpr (requires { static_cast<int>(r.status()); }) return static_cast<int>(r.status());
        else return static_cast<int>(r.status);
    }
    static std::string take_body(R&& r) requires detail::has_body_string<R> || detail::moves_body<R> {
        if constexpr (detail::moves_body<R>) return std::move(r).body();
        else return std::move(r.body);
    }
};

/// A type that a response can be read from: it has a status, a body that is one piece of memory, and header look-up, by
/// members of these names or by `response_traits`. None of them may return a string by value. Models:
/// `http_response`, `response_view`.
template <class R>
concept response_like = std::same_as<R, response_view> || requires(R const& r) {
    { response_traits<R>::status(r) } -> std::convertible_to<int>;
    requires detail::views_message<response_traits<R>, R>;
};

/// A view of `r`.
template <response_like R>
response_view view_of(R const& r) {
    if constexpr (std::same_as<R, response_view>) {
        return r;
    } else {
        response_view view;
        detail::view_fields<response_traits<R>>(view, r);
        view.status = response_traits<R>::status(r);
        view.body = response_traits<R>::body(r);
        return view;
    }
}

namespace detail {

// `R`: what a forwarding reference is of.
template <class R>
concept has_movable_body = !std::is_reference_v<R> && !std::is_const_v<R> && requires(R && r) {
    { response_traits<R>::take_body(std::move(r)) } -> std::same_as<std::string>;
};

/// Calls `read` with a view of `r`. Of one that is given away, the body may be taken.
template <class R, class Read>
decltype(auto) read_response(R&& r, Read&& read) {
    auto view = view_of(std::as_const(r));
    if constexpr (has_movable_body<R>) {
        auto body = response_traits<R>::take_body(std::move(r));
        view.body = body;
        view.owned = &body;
        return read(std::as_const(view));
    } else {
        return read(std::as_const(view));
    }
}

} // namespace detail
} // namespace parley

#endif
