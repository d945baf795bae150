// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_OPERATION_HPP
#define PARLEY_DESCRIBE_OPERATION_HPP

#include <parley/describe/traits.hpp>

#include <string_view>

namespace parley {

/// The errors that an operation, or a service, declares.
template <class... Errors>
struct errors {};

/// How an operation travels over HTTP, written as the messages are. The first text is the request, the second, which may
/// be left out, the response.
///
///     static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///
///     static constexpr auto http = parley::http("PUT /files/{path+}?tag={tags}&*={others}\n"   // {path+}: with its slashes
///                                               "host: {account}.*\n"                          // *: the endpoint's host
///                                               "x-checksum: {checksum}\n"
///                                               "x-meta-*: {meta}\n"                           // *: the keys of a map
///                                               "\n"
///                                               "{content}",                                   // the whole body
///                                               "201\n"
///                                               "x-version: {version}");
///
/// Members that are named nowhere are members of the JSON body. What the texts name is checked against the description
/// when the operation is used. https://smithy.io/2.0/spec/http-bindings.html
struct http {
    std::string_view request;
    std::string_view response = "200";

    consteval http(std::string_view request_template) : request(request_template) {}
    consteval http(std::string_view request_template, std::string_view response_template)
        : request(request_template), response(response_template) {}
};

/// An operation: what goes in, what comes out, and how it travels.
///
///     struct get_weather {
///         struct input { parley::required<std::string> city; std::optional<int> days; };
///         using output = weather;
///         using errors = parley::errors<city_unknown>;                             // may be left out
///         using service = weather_service;                                         // may be left out
///         static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///     };
template <class Op>
concept operation = requires {
    typename Op::input;
    typename Op::output;
};

namespace detail {

template <class Op>
struct errors_of {
    using type = parley::errors<>;
};
template <class Op>
    requires requires { typename Op::errors; }
struct errors_of<Op> {
    using type = typename Op::errors;
};

// A service of an operation that names none.
struct no_service {};

template <class Op>
struct service_of {
    using type = no_service;
};
template <class Op>
    requires requires { typename Op::service; }
struct service_of<Op> {
    using type = typename Op::service;
};

} // namespace detail
} // namespace parley

#endif
