// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_REQUEST_VIEW_HPP
#define PARLEY_HTTP_REQUEST_VIEW_HPP

#include <parley/core/config.hpp>
#include <parley/http/message.hpp>
#include <parley/http/request.hpp>

#include <concepts>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// What parley reads of a request of any type, without a copy. Valid while the request is.
struct request_view : field_view {
    std::string_view method;
    std::string_view target; ///< path and query, as they came
    std::string_view host;   ///< as the peer wrote it; may have a port
    std::string_view body;

    /// The target without the query; "/" if it is empty.
    std::string_view path() const noexcept {
        auto const path = target.substr(0, target.find('?'));
        return path.empty() ? std::string_view("/") : path;
    }
    /// What follows the question mark, if there is one.
    std::string_view query() const noexcept {
        auto const question = target.find('?');
        return question == target.npos ? std::string_view() : target.substr(question + 1);
    }
};

/// How to read a request type. Nothing may be returned by value that owns its text. Specialize it for a type that has
/// other names than these:
///
///     template <> struct parley::request_traits<my::request> {
///         static std::string_view method(my::request const& r) { return r.verb; }
///         static std::string_view target(my::request const& r) { return r.url; }
///         static std::string_view body(my::request const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::request const& r, std::string_view name);
///         template <class F> static void each_header(my::request const& r, F&& f);   // may be left out: f(name, value)
///     };
template <class R>
struct request_traits : detail::message_traits<R> {
    static std::string_view method(R const& r) requires requires { std::string_view(r.method()); } || requires {
        std::string_view(r.method);
    }
    {
        if constexpr (requires { std::string_view(r.method()); }) return std::string_view(r.method());
        else return std::string_view(r.method);
    }
    static std::string_view target(R const& r) requires requires { std::string_view(r.target()); } || requires {
        std::string_view(r.target);
    }
    {
        if constexpr (requires { std::string_view(r.target()); }) return std::string_view(r.target());
        else return std::string_view(r.target);
    }
};

namespace detail {

// "A server MUST accept the absolute-form in requests", and its host wins over the field Host: RFC 9112, sections 3.2.2 and 3.3.
inline void read_absolute_form(request_view& view) {
    auto const scheme = view.target.find("://");
    if (view.target.starts_with('/') || scheme == view.target.npos) return;
    auto const rest = view.target.substr(scheme + 3);
    // The path may be empty and a query follow: RFC 3986, section 3.3.
    auto const end = rest.find_first_of("/?#");
    view.host = rest.substr(0, end);
    view.target = end == rest.npos ? std::string_view("/") : rest.substr(end);
}

} // namespace detail

/// A type that a request can be read from: it has a method, a target, a body that is one piece of memory, and header look-up,
/// by members of these names or by `request_traits`. None of them may return a string by value. Models: `http_request`,
/// `request_view`.
template <class R>
concept request_like = std::same_as<R, request_view> || requires(R const& r) {
    { request_traits<R>::method(r) } -> std::convertible_to<std::string_view>;
    { request_traits<R>::target(r) } -> std::convertible_to<std::string_view>;
    requires detail::views_message<request_traits<R>, R>;
};

/// A view of `r`.
template <request_like R>
request_view view_of(R const& r) {
    if constexpr (std::same_as<R, request_view>) {
        return r;
    } else {
        request_view view;
        detail::view_fields<request_traits<R>>(view, r);
        view.method = request_traits<R>::method(r);
        view.target = request_traits<R>::target(r);
        view.body = request_traits<R>::body(r);
        // A client's request says its host beside the fields, until a transport writes them.
        if constexpr (std::same_as<R, http_request>) view.host = r.host;
        if (view.host.empty()) view.host = view.header("host").value_or(std::string_view());
        detail::read_absolute_form(view);
        return view;
    }
}

/// A request of the library's own that says what `view` does.
http_request copy_of(request_view const& view);

} // namespace parley

#endif
