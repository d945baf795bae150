// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_OPERATION_HPP
#define PARLEY_DESCRIBE_OPERATION_HPP

#include <parley/core/fixed_string.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/traits.hpp>

#include <concepts>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The list of errors that an operation or a service declares: `using errors = parley::errors<city_unknown>;`.
template <class... Errors>
struct errors {};

/// The list of the operations of a service: `using operations = parley::operations<get_weather, set_alarm>;`.
template <class... Operations>
struct operations {};

/// Flags of an operation. All flags default to false.
///
///     static constexpr parley::operation_traits traits{.readonly = true};
struct operation_traits {
    /// The operation has no side effects. https://smithy.io/2.0/spec/behavior-traits.html#readonly-trait
    bool readonly = false;
    /// Repeating the operation has no further effect. https://smithy.io/2.0/spec/behavior-traits.html#idempotent-trait
    bool idempotent = false;
    /// Requests have the header Content-MD5. https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
    bool checksum_required = false;
    /// Requests may be compressed. https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
    bool gzip = false;
};

/// The pagination of an operation. Members have their C++ names; nested members are written with dots: "result.next".
///
/// @see https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
///
///     static constexpr parley::paginated pagination{.input_token = "from", .output_token = "next", .items = "cities"};
struct paginated {
    std::string_view input_token;    ///< Member of the input: the token of the requested page.
    std::string_view output_token;   ///< Member of the output: the token of the next page; absent or empty on the last.
    std::string_view page_size = ""; ///< Member of the input: the maximum number of items; "" if there is none.
    std::string_view items = "";     ///< Member of the output: the paginated list or map; "" if there is none.
    /// True if a page whose token equals the requested token is the last. Otherwise such a page is followed by an error: more pages may
    /// exist, but requesting the same token again would never end.
    bool ends_with_same_token = false;
};

/// Binds a parameter of the service's endpoint rules to a value of the input.
///
/// @tparam Name The name of the parameter.
/// @tparam Path A JMESPath expression for the input; see `jmespath`.
template <fixed_string Name, fixed_string Path>
struct endpoint_value {};

/// The list of endpoint parameters that an operation of an AWS service sets.
///
/// @see https://smithy.io/2.0/additional-specs/rules-engine/parameters.html
///
///     using endpoint = parley::endpoint_values<parley::endpoint_value<"StreamARN", "StreamARN">,
///                                              parley::endpoint_value<"OperationType", "'data'">>;
template <class... Value>
struct endpoint_values {};

/// The HTTP binding of an operation: a template of the request and, optionally, one of the response. Templates are written like HTTP
/// messages.
///
///     static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///
///     static constexpr auto http = parley::http("PUT /files/{path+}?tag={tags}&*={others}\n"   // {path+}: keeps slashes
///                                               "host: {account}.*\n"                          // *: the host of the endpoint
///                                               "x-checksum: {checksum}\n"
///                                               "x-meta-*: {meta}\n"                           // *: the keys of a map
///                                               "\n"
///                                               "{content}",                                   // the whole body
///                                               "201\n"                                         // or "{member}", or "201 {member}"
///                                               "x-version: {version}");
///
/// Members without a place in the template are members of the JSON body. A GET or HEAD request has such a body only if the template
/// has the body "{*}". The templates are checked against the description at compile time, when the operation is used.
///
/// @see https://smithy.io/2.0/spec/http-bindings.html
struct http {
    std::string_view request;          ///< Template of the request.
    std::string_view response = "200"; ///< Template of the response.

    /// Binds the request; the response has the status 200 and a JSON body.
    consteval http(std::string_view request_template) : request(request_template) {}
    /// Binds the request and the response.
    consteval http(std::string_view request_template, std::string_view response_template)
        : request(request_template), response(response_template) {}
};

/// An operation: a struct that declares its input, its output and, depending on the protocol, its binding.
///
///     struct get_weather {
///         struct input { parley::required<std::string> city; std::optional<int> days; };
///         using output = weather;
///         using errors = parley::errors<city_unknown>;                             // optional
///         using service = weather_service;                                         // optional
///         static constexpr auto http = parley::http("GET /weather/{city}?days={days}");
///     };
template <class Op>
concept operation = requires {
    typename Op::input;
    typename Op::output;
};

namespace detail {

template <class Errors>
struct errors_are_a_list {
    static_assert(always_false<Errors>, "parley: the errors of an operation or a service must be a list: using errors = "
                                        "parley::errors<city_unknown>");
    using type = parley::errors<>;
};
template <class... E>
struct errors_are_a_list<parley::errors<E...>> {
    using type = parley::errors<E...>;
};

/// The declared errors of an operation or a service; empty if there are none.
template <class T>
struct errors_of {
    using type = parley::errors<>;
};
template <class T>
    requires requires { typename T::errors; }
struct errors_of<T> {
    using type = typename errors_are_a_list<typename T::errors>::type;
};

template <class Op>
constexpr operation_traits traits_of_operation() {
    if constexpr (requires {
                      { Op::traits } -> std::convertible_to<operation_traits const&>;
                  })
        return Op::traits;
    else return {};
}

// The service of an operation that declares none.
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
