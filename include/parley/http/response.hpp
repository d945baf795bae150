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

/// An HTTP response.
struct http_response {
    int status = 0;   ///< The status code.
    headers fields;   ///< The header fields.
    std::string body; ///< The body.
};

/// A view of a response of any type. The response must outlive it.
struct response_view : field_view {
    int status = 0;               ///< The status code.
    std::string_view body;        ///< The body.
    std::string* owned = nullptr; ///< The string of `body`, if the decoder may move from it; null otherwise.
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

/// Customization point for response types.
///
/// The primary template supports types with the usual member names. Specialize it for others. Except for `take_body`, the functions must not
/// return owning strings by value.
///
///     template <> struct parley::response_traits<my::response> {
///         static int status(my::response const& r) { return r.code; }
///         static std::string_view body(my::response const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::response const& r, std::string_view name);
///         template <class F> static void each_header(my::response const& r, F&& f);   // optional: f(name, value)
///         static std::string take_body(my::response&& r) { return std::move(r.content); }   // optional
///     };
///
/// `take_body` is called at most once, for a response that the transport returned by value. It must not change the status and the header
/// fields. An output that is the whole body, a blob or a text, takes the string without a copy. The primary template moves from a member
/// `body` of type std::string, or from the result of `std::move(r).body()` if its type is `std::string&&`.
template <class R>
struct response_traits : detail::message_traits<R> {
    /// Returns the status code.
    static int status(R const& r) requires requires { static_cast<int>(r.status()); } || requires {
        static_cast<int>(r.status);
    }
    {
        if constexpr (requires { static_cast<int>(r.status()); }) return static_cast<int>(r.status());
        else return static_cast<int>(r.status);
    }
    /// Moves the body out of `r`.
    static std::string take_body(R&& r) requires detail::has_body_string<R> || detail::moves_body<R> {
        if constexpr (detail::moves_body<R>) return std::move(r).body();
        else return std::move(r.body);
    }
};

/// A response type: it has a status, a contiguous body and header look-up, by members of these names or by a specialization of
/// `response_traits`. None of them may return an owning string by value. Models: `http_response`, `response_view`.
template <class R>
concept response_like = std::same_as<R, response_view> || requires(R const& r) {
    { response_traits<R>::status(r) } -> std::convertible_to<int>;
    requires detail::views_message<response_traits<R>, R>;
};

/// Returns a view of `r`, which must outlive it.
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

// `R` is deduced from a forwarding reference.
template <class R>
concept has_movable_body = !std::is_reference_v<R> && !std::is_const_v<R> && requires(R && r) {
    { response_traits<R>::take_body(std::move(r)) } -> std::same_as<std::string>;
};

/// Calls `read` with a view of `r`. If `r` is an rvalue, `read` may move from the body.
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
