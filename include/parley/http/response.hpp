// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_RESPONSE_HPP
#define PARLEY_HTTP_RESPONSE_HPP

#include <parley/http/headers.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley {

/// A response of the library's own.
struct http_response {
    int status = 0;
    headers fields;
    std::string body;
};

/// Called for each header field.
using header_visitor = void (*)(void* context, std::string_view name, std::string_view value);

/// What parley reads of a response of any type, without a copy. Valid while the response is.
struct response_view {
    int status = 0;
    std::string_view body;
    void const* source = nullptr;
    std::optional<std::string_view> (*find)(void const* source, std::string_view name) = nullptr;
    void (*each)(void const* source, header_visitor visit, void* context) = nullptr;

    /// The value of the first field of that name.
    std::optional<std::string_view> header(std::string_view name) const { return find(source, name); }
    /// Whether the header fields can be gone through. Where they cannot, prefix headers are not read.
    bool can_iterate() const noexcept { return each != nullptr; }
    void each_header(header_visitor visit, void* context) const { each(source, visit, context); }
};

namespace detail {

// What a call gave may be viewed after the call: it refers to the response, or is a view or a pointer itself. A string
// that is returned by value is gone before anyone can read it.
template <class T>
concept outlives_call = std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<std::remove_cvref_t<T>> ||
                        requires(T const& found) {
                            requires std::is_trivially_destructible_v<std::remove_cvref_t<decltype(*found)>>;
                        };

template <class T>
concept byte_range = requires(T const& range) {
    { range.size() } -> std::convertible_to<std::size_t>;
    requires sizeof(*range.data()) == 1;
    static_cast<void const*>(range.data());
};

// A text, or a pointer to one, or an optional one.
template <class T>
concept found_text =
    outlives_call<T> && (requires(T const& found) { std::string_view(*found); static_cast<bool>(found); } ||
                         requires(T const& found) { std::string_view(found); });

template <class T>
concept found_body = outlives_call<T> &&
                     (requires(T const& body) { std::string_view(body); } || byte_range<std::remove_cvref_t<T>>);

} // namespace detail

/// How to read a response type. Nothing may be returned by value that owns its text. Specialize it for a type that has
/// other names than these:
///
///     template <> struct parley::response_traits<my::response> {
///         static int status(my::response const& r) { return r.code; }
///         static std::string_view body(my::response const& r) { return r.content; }
///         static std::optional<std::string_view> header(my::response const& r, std::string_view name);
///         template <class F> static void each_header(my::response const& r, F&& f);   // may be left out: f(name, value)
///     };
template <class R>
struct response_traits {
    static int status(R const& r)
        requires requires { static_cast<int>(r.status()); } || requires { static_cast<int>(r.status); }
    {
        if constexpr (requires { static_cast<int>(r.status()); }) return static_cast<int>(r.status());
        else return static_cast<int>(r.status);
    }
    static std::string_view body(R const& r)
        requires requires { requires detail::found_body<decltype(r.body())>; } ||
                 requires { requires detail::found_body<decltype((r.body))>; }
    {
        if constexpr (requires { r.body(); }) return view_of_body(r.body());
        else return view_of_body(r.body);
    }
    static std::optional<std::string_view> header(R const& r, std::string_view name)
        requires requires { requires detail::found_text<decltype(r.header(name))>; } ||
                 requires { requires detail::found_text<decltype(r.fields.find(name))>; }
    {
        if constexpr (requires { r.header(name); }) return optional_of(r.header(name));
        else return optional_of(r.fields.find(name));
    }
    template <class F>
    static void each_header(R const& r, F&& f)
        requires requires { r.fields.begin()->name; } || requires { r.each_header(f); }
    {
        if constexpr (requires { r.each_header(f); }) {
            r.each_header(f);
        } else {
            for (auto const& field : r.fields) f(std::string_view(field.name), std::string_view(field.value));
        }
    }

private:
    template <class Body>
    static std::string_view view_of_body(Body const& body) {
        if constexpr (std::is_pointer_v<Body>) return body ? std::string_view(body) : std::string_view();
        else if constexpr (requires { std::string_view(body); }) return std::string_view(body);
        else return {reinterpret_cast<char const*>(body.data()), body.size()};
    }
    // What stacks return for "none": an empty optional, a null pointer, an empty view.
    template <class Found>
    static std::optional<std::string_view> optional_of(Found const& found) {
        if constexpr (requires { std::string_view(*found); }) {
            if (!found) return std::nullopt;
            return std::string_view(*found);
        } else {
            if constexpr (std::is_pointer_v<Found>) {
                if (!found) return std::nullopt;
            }
            std::string_view const view(found);
            if (view.empty()) return std::nullopt;
            return view;
        }
    }
};

/// A type that a response can be read from: it has a status, a body that is one piece of memory, and header look-up, by
/// members of these names or by `response_traits`. None of them may return a string by value. Models:
/// `http_response`, `response_view`.
template <class R>
concept response_like = std::same_as<R, response_view> || requires(R const& r, std::string_view name) {
    { response_traits<R>::status(r) } -> std::convertible_to<int>;
    { response_traits<R>::body(r) } -> std::convertible_to<std::string_view>;
    { response_traits<R>::header(r, name) } -> std::convertible_to<std::optional<std::string_view>>;
    requires detail::outlives_call<decltype(response_traits<R>::body(r))>;
    requires detail::outlives_call<decltype(response_traits<R>::header(r, name))>;
};

/// A view of `r`.
template <response_like R>
response_view view_of(R const& r) {
    if constexpr (std::same_as<R, response_view>) {
        return r;
    } else {
        using traits = response_traits<R>;
        response_view view;
        view.status = traits::status(r);
        view.body = traits::body(r);
        view.source = &r;
        view.find = [](void const* source, std::string_view name) -> std::optional<std::string_view> {
            return traits::header(*static_cast<R const*>(source), name);
        };
        if constexpr (requires(void (*f)(std::string_view, std::string_view)) { traits::each_header(r, f); }) {
            view.each = [](void const* source, header_visitor visit, void* context) {
                traits::each_header(*static_cast<R const*>(source), [&](std::string_view name, std::string_view value) {
                    visit(context, name, value);
                });
            };
        }
        return view;
    }
}

} // namespace parley

#endif
