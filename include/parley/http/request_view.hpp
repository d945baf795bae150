// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_REQUEST_VIEW_HPP
#define PARLEY_HTTP_REQUEST_VIEW_HPP

#include <parley/core/config.hpp>
#include <parley/http/message.hpp>
#include <parley/http/request.hpp>

#include <concepts>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A view of a request of any type. The request must outlive it.
struct request_view : field_view {
    std::string_view method; ///< The method.
    std::string_view target; ///< Path and query as received.
    std::string_view host;   ///< The host as received; may include a port.
    std::string_view body;   ///< The body.

    /// Returns the target without the query; "/" if it is empty.
    std::string_view path() const noexcept {
        auto const path = target.substr(0, target.find('?'));
        return path.empty() ? std::string_view("/") : path;
    }
    /// Returns the query without the question mark; empty if there is none.
    std::string_view query() const noexcept {
        auto const question = target.find('?');
        return question == target.npos ? std::string_view() : target.substr(question + 1);
    }
};

/// Customization point for request types.
///
/// The primary template supports types with the usual member names. Specialize it for others. The functions must not return owning strings
/// by value.
///
///     template <> struct parley::request_traits<my::request> {
///         static std::string_view method(my::request const& r) { return r.verb; }
///         static std::string_view target(my::request const& r) { return r.url; }
///         static std::string_view body(my::request const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::request const& r, std::string_view name);
///         template <class F> static void each_header(my::request const& r, F&& f);   // optional: f(name, value)
///     };
template <class R>
struct request_traits : detail::message_traits<R> {
    /// Returns the method.
    static std::string_view method(R const& r) requires requires { std::string_view(r.method()); } || requires {
        std::string_view(r.method);
    }
    {
        if constexpr (requires { std::string_view(r.method()); }) return std::string_view(r.method());
        else return std::string_view(r.method);
    }
    /// Returns the request target.
    static std::string_view target(R const& r) requires requires { std::string_view(r.target()); } || requires {
        std::string_view(r.target);
    }
    {
        if constexpr (requires { std::string_view(r.target()); }) return std::string_view(r.target());
        else return std::string_view(r.target);
    }
};

namespace detail {

// "A server MUST accept the absolute-form in requests", and its host takes precedence over the field Host: RFC 9112, sections 3.2.2 and
// 3.3.
inline void read_absolute_form(request_view& view) {
    auto const scheme = view.target.find("://");
    if (view.target.starts_with('/') || scheme == view.target.npos) return;
    auto const rest = view.target.substr(scheme + 3);
    // A query may follow an empty path: RFC 3986, section 3.3.
    auto const end = rest.find_first_of("/?#");
    view.host = rest.substr(0, end);
    view.target = end == rest.npos ? std::string_view("/") : rest.substr(end);
}

} // namespace detail

/// A request type: it has a method, a target, a contiguous body and header look-up, by members of these names or by a specialization of
/// `request_traits`. None of them may return an owning string by value. Models: `http_request`, `request_view`.
template <class R>
concept request_like = std::same_as<R, request_view> || requires(R const& r) {
    { request_traits<R>::method(r) } -> std::convertible_to<std::string_view>;
    { request_traits<R>::target(r) } -> std::convertible_to<std::string_view>;
    requires detail::views_message<request_traits<R>, R>;
};

/// Returns a view of `r`, which must outlive it.
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
        // The host of a client's request is not a header field.
        if constexpr (std::same_as<R, http_request>) view.host = r.host;
        if (view.host.empty()) view.host = view.header("host").value_or(std::string_view());
        detail::read_absolute_form(view);
        return view;
    }
}

/// Returns a copy of the request as `http_request`.
http_request copy_of(request_view const& view);

} // namespace parley

#endif
