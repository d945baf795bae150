// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_HTTP_MESSAGE_HPP
#define PARLEY_HTTP_MESSAGE_HPP

#include <parley/http/headers.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI {

/// Callback for each header field.
using header_visitor = void (*)(void* context, std::string_view name, std::string_view value);

/// A view of the header fields of a message of any type. The message must outlive it.
struct field_view {
    void const* source = nullptr; ///< The message.
    /// Returns the value of the first field with a name.
    std::optional<std::string_view> (*find)(void const* source, std::string_view name) = nullptr;
    /// Visits all fields; null if the type of the message does not support it.
    void (*each)(void const* source, header_visitor visit, void* context) = nullptr;

    /// Returns the value of the first field named `name`, or `nullopt`.
    std::optional<std::string_view> header(std::string_view name) const { return find ? find(source, name) : std::nullopt; }
    /// Returns true if the header fields can be enumerated. If they cannot, prefix headers are not decoded.
    bool can_iterate() const noexcept { return each != nullptr; }
    /// Calls `visit` with each header field. Requires `can_iterate()`.
    void each_header(header_visitor visit, void* context) const { each(source, visit, context); }
};

namespace detail {

// The result of a function call can be viewed after the call: it is a reference, a view or a pointer. A string that is returned by value
// would dangle.
template <class T>
concept outlives_call =
    std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<std::remove_cvref_t<T>> || requires(T const& value) {
    requires std::is_trivially_destructible_v<std::remove_cvref_t<decltype(*value)>>;
};

template <class T>
concept byte_range = requires(T const& range) {
    { range.size() } -> std::convertible_to<std::size_t>;
    requires sizeof(*range.data()) == 1;
    static_cast<void const*>(range.data());
};

// A text, a pointer to a text, or an optional text.
template <class T>
concept header_value_like = outlives_call<T> &&(
    requires(T const& value) {
        std::string_view(*value);
        static_cast<bool>(value);
    }
    || requires(T const& value) { std::string_view(value); });

template <class T>
concept body_like = outlives_call<T> &&(requires(T const& body) { std::string_view(body); }
                                        || byte_range<std::remove_cvref_t<T>>);

/// Accesses the parts that requests and responses share, by their usual names.
template <class M>
struct message_traits {
    static std::string_view body(M const& m) requires requires { requires body_like<decltype(m.body())>; } || requires {
        requires body_like<decltype((m.body))>;
    }
    {
        if constexpr (requires { m.body(); }) return view_of_body(m.body());
        else return view_of_body(m.body);
    }
    static std::optional<std::string_view> header(M const& m, std::string_view name) requires requires {
        requires header_value_like<decltype(m.header(name))>;
    } || requires { requires header_value_like<decltype(m.fields.find(name))>; }
    {
        if constexpr (requires { m.header(name); }) return optional_of(m.header(name));
        else return optional_of(m.fields.find(name));
    }
    template <class F>
    static void each_header(M const& m, F&& f) requires requires {
        m.fields.begin()->name;
    } || requires { m.each_header(f); }
    {
        if constexpr (requires { m.each_header(f); }) {
            m.each_header(f);
        } else {
            for (auto const& field : m.fields) f(std::string_view(field.name), std::string_view(field.value));
        }
    }

private:
    template <class Body>
    static std::string_view view_of_body(Body const& body) {
        if constexpr (std::is_pointer_v<Body>) return body ? std::string_view(body) : std::string_view();
        else if constexpr (requires { std::string_view(body); }) return std::string_view(body);
        else return {reinterpret_cast<char const*>(body.data()), body.size()};
    }
    // HTTP libraries represent an absent field as an empty optional, a null pointer or an empty view.
    template <class Value>
    static std::optional<std::string_view> optional_of(Value const& value) {
        if constexpr (requires { std::string_view(*value); }) {
            if (!value) return std::nullopt;
            return std::string_view(*value);
        } else {
            if constexpr (std::is_pointer_v<Value>) {
                if (!value) return std::nullopt;
            }
            std::string_view const view(value);
            if (view.empty()) return std::nullopt;
            return view;
        }
    }
};

/// Satisfied if `Traits` returns the body and header fields of an `M` as views that do not dangle.
template <class Traits, class M>
concept views_message = requires(M const& m, std::string_view name) {
    { Traits::body(m) } -> std::convertible_to<std::string_view>;
    { Traits::header(m, name) } -> std::convertible_to<std::optional<std::string_view>>;
    requires outlives_call<decltype(Traits::body(m))>;
    requires outlives_call<decltype(Traits::header(m, name))>;
};

/// Initializes `view` with the header fields of `m`.
template <class Traits, class M>
void view_fields(field_view& view, M const& m) {
    view.source = &m;
    view.find = [](void const* source, std::string_view name) -> std::optional<std::string_view> {
        return Traits::header(*static_cast<M const*>(source), name);
    };
    if constexpr (requires(void (*f)(std::string_view, std::string_view)) { Traits::each_header(m, f); }) {
        view.each = [](void const* source, header_visitor visit, void* context) {
            Traits::each_header(*static_cast<M const*>(source),
                                [&](std::string_view name, std::string_view value) { visit(context, name, value); });
        };
    }
}

} // namespace detail
} // namespace parley

#endif
