// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_RESPONSE_HPP
#define PARLEY_HTTP_RESPONSE_HPP

#include <parley/http/headers.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

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

/// How to read a response type. Specialize it for one that has other names than these:
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
        requires requires { std::string_view(r.body()); } || requires { std::string_view(r.body); }
    {
        if constexpr (requires { std::string_view(r.body()); }) return std::string_view(r.body());
        else return std::string_view(r.body);
    }
    static std::optional<std::string_view> header(R const& r, std::string_view name)
        requires requires { r.header(name); } || requires { r.fields.find(name); }
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
    // What stacks return for "none": an empty optional, a null pointer, an empty view.
    template <class Found>
    static std::optional<std::string_view> optional_of(Found const& found) {
        if constexpr (std::convertible_to<Found const&, std::optional<std::string_view>> &&
                      !std::convertible_to<Found const&, std::string_view>) {
            return found;
        } else if constexpr (requires { std::string_view(*found); }) {
            if (!found) return std::nullopt;
            return std::string_view(*found);
        } else {
            std::string_view const view(found);
            if (view.empty()) return std::nullopt;
            return view;
        }
    }
};

/// A type that a response can be read from: it has a status, a body that is one piece of memory, and header look-up, by
/// members of these names or by `response_traits`. Models: `http_response`, `response_view`.
template <class R>
concept response_like = std::same_as<R, response_view> || requires(R const& r, std::string_view name) {
    { response_traits<R>::status(r) } -> std::convertible_to<int>;
    { response_traits<R>::body(r) } -> std::convertible_to<std::string_view>;
    { response_traits<R>::header(r, name) } -> std::convertible_to<std::optional<std::string_view>>;
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
