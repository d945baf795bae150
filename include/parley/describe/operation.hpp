// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_OPERATION_HPP
#define PARLEY_DESCRIBE_OPERATION_HPP

#include <parley/core/fixed_string.hpp>
#include <parley/describe/static_diagnostics.hpp>
#include <parley/describe/traits.hpp>

#include <concepts>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The errors that an operation, or a service, declares.
template <class... Errors>
struct errors {};

/// The operations of a service, where it lists them: `using operations = parley::operations<get_weather, set_alarm>;`.
template <class... Operations>
struct operations {};

/// What a client may know of an operation besides its messages. All but what is said is false.
///
///     static constexpr parley::operation_traits traits{.readonly = true};
struct operation_traits {
    bool readonly = false;   ///< changes nothing: https://smithy.io/2.0/spec/behavior-traits.html#readonly-trait
    bool idempotent = false; ///< twice is as once: https://smithy.io/2.0/spec/behavior-traits.html#idempotent-trait
    bool checksum_required =
        false; ///< the request has a Content-MD5: https://smithy.io/2.0/spec/http-bindings.html#httpchecksumrequired-trait
    bool gzip =
        false; ///< the request may be compressed: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
};

/// How an operation is called again for what comes next. Members are named as in C++, within other members with dots:
/// "result.next". https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait
///
///     static constexpr parley::paginated pagination{.input_token = "from", .output_token = "next", .items = "cities"};
struct paginated {
    std::string_view input_token;    ///< of the input: where to go on
    std::string_view output_token;   ///< of the output: where to go on; absent or empty at the end
    std::string_view page_size = ""; ///< of the input: how many items at most; "" if there is none
    std::string_view items = "";     ///< of the output: the list or map that is paged; "" if there is none
    /// Whether a page whose token is the one it was asked for with is the last. Otherwise, it is followed by an error, since more pages
    /// may exist: asking with the same token again would never end.
    bool ends_with_same_token = false;
};

/// A parameter of the service's endpoint rules, and the path in the input at which its value is (describe/jmespath.hpp).
template <fixed_string Name, fixed_string Path>
struct endpoint_value {};

/// What the rules that tell the endpoint of a service of AWS want to know of an operation.
/// https://smithy.io/2.0/additional-specs/rules-engine/parameters.html
///
///     using endpoint = parley::endpoint_values<parley::endpoint_value<"StreamARN", "StreamARN">,
///                                              parley::endpoint_value<"OperationType", "'data'">>;
template <class... Value>
struct endpoint_values {};

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
///                                               "201\n"                                         // or "{member}", or "201 {member}"
///                                               "x-version: {version}");
///
/// Members that are named nowhere are members of the JSON body; a GET or HEAD request that has one all the same says so by
/// the body "{*}". What the texts name is checked against the description when the operation is used.
/// https://smithy.io/2.0/spec/http-bindings.html
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

template <class Errors>
struct errors_are_a_list {
    static_assert(always_false<Errors>,
                  "parley: the errors of an operation or a service are a list, even if there is one: using errors = "
                  "parley::errors<city_unknown>");
    using type = parley::errors<>;
};
template <class... E>
struct errors_are_a_list<parley::errors<E...>> {
    using type = parley::errors<E...>;
};

/// The errors that an operation or a service declares.
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
