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

/// Called for each header field.
using header_visitor = void (*)(void* context, std::string_view name, std::string_view value);

/// The header fields of a message of any type, without a copy. Valid while the message is.
struct field_view {
    void const* source = nullptr;
    std::optional<std::string_view> (*find)(void const* source, std::string_view name) = nullptr;
    void (*each)(void const* source, header_visitor visit, void* context) = nullptr;

    /// The value of the first field of that name.
    std::optional<std::string_view> header(std::string_view name) const { return find ? find(source, name) : std::nullopt; }
    /// Whether the header fields can be gone through. Where they cannot, prefix headers are not read.
    bool can_iterate() const noexcept { return each != nullptr; }
    void each_header(header_visitor visit, void* context) const { each(source, visit, context); }
};

namespace detail {

// What a call gave may be viewed after the call: it refers to the message, or is a view or a pointer itself. A string
// that is returned by value is gone before anyone can read it.
template <class T>
concept outlives_call =
    std::is_lvalue_reference_v<T> || std::is_trivially_destructible_v<std::remove_cvref_t<T>> || requires(T const& found) {
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
concept found_text = outlives_call<T> &&(
    requires(T const& found) {
        std::string_view(*found);
        static_cast<bool>(found);
    }
    || requires(T const& found) { std::string_view(found); });

template <class T>
concept found_body = outlives_call<T> &&(requires(T const& body) { std::string_view(body); }
                                         || byte_range<std::remove_cvref_t<T>>);

/// What requests and responses have in common, by the names that it usually has.
template <class M>
struct message_traits {
    static std::string_view body(M const& m) requires requires { requires found_body<decltype(m.body())>; } || requires {
        requires found_body<decltype((m.body))>;
    }
    {
        if constexpr (requires { m.body(); }) return view_of_body(m.body());
        else return view_of_body(m.body);
    }
    static std::optional<std::string_view> header(M const& m, std::string_view name) requires requires {
        requires found_text<decltype(m.header(name))>;
    } || requires { requires found_text<decltype(m.fields.find(name))>; }
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

/// True for the traits of a message whose body and header fields can be viewed after they are asked for.
template <class Traits, class M>
concept views_message = requires(M const& m, std::string_view name) {
    { Traits::body(m) } -> std::convertible_to<std::string_view>;
    { Traits::header(m, name) } -> std::convertible_to<std::optional<std::string_view>>;
    requires outlives_call<decltype(Traits::body(m))>;
    requires outlives_call<decltype(Traits::header(m, name))>;
};

/// Makes `view` show the fields of `m`.
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
