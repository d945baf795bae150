// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_PROTOCOL_OPERATION_TABLE_HPP
#define PARLEY_PROTOCOL_OPERATION_TABLE_HPP

#include <parley/core/type_name.hpp>
#include <parley/describe/aws_service.hpp>
#include <parley/describe/borrows.hpp>
#include <parley/describe/error_scheme.hpp>
#include <parley/describe/protocol.hpp>
#include <parley/http/request.hpp>
#include <parley/protocol/binding.hpp>
#include <parley/protocol/call_error.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// The constant table of a declared error.
struct error_entry {
    std::string_view code;
    shape const* what = nullptr;
    message_binding const* binding = nullptr;
    int status = 0;
    parley::fault fault = parley::fault::unspecified;
    retryability retry = retryability::none;
    std::string_view query_code; ///< code in the protocol AWS Query
    void* (*make)() = nullptr;   ///< creates a default value
    void (*drop)(void* error) = nullptr;
};

/// The constant table of an operation.
struct operation_table {
    std::string_view name;
    shape const* input = nullptr;
    shape const* output = nullptr;
    message_binding const* request = nullptr;
    message_binding const* response = nullptr;
    std::span<error_entry const* const> errors;
    error_scheme scheme;
    operation_traits traits;
    aws_service const* aws = nullptr;                      ///< null if the service is not an AWS service
    void (*add_checksum)(http_request& request) = nullptr; ///< null if the operation requires no checksum
};

/// Adds the header field Content-MD5.
void add_md5(http_request& request);

template <class E>
struct error_template_of {
    static constexpr std::string_view text = traits_of<E>.type.error_template;
    static constexpr auto parts = count_response_parts(text);
    static constexpr auto value = parse_response_template<parts>(text);
};
template <class E>
constexpr message_binding bind_error() {
    if constexpr (!traits_of<E>.type.error_template.empty()) {
        return binding_of<E, error_template_of<E>::value>::value;
    } else {
        message_binding all_in_body;
        all_in_body.status = 400;
        for (std::size_t i = 0; i < structure_of<E>::table.count; ++i) all_in_body.body.insert(i);
        return all_in_body;
    }
}
template <class E>
inline constexpr message_binding error_binding_of = bind_error<E>();

template <class E>
struct error_is_not_described {
    static_assert(is_described<E>, "parley: this error is not described: add BOOST_DESCRIBE_STRUCT after the struct");
};

template <class E>
struct error_has_views {
    static_assert(
        !borrows<E>,
        "parley: an error outlives the response that it was decoded from, so it cannot have views of it: make its members "
        "std::string");
};

template <class E>
struct error_has_no_status {
    static_assert(
        traits_of<E>.type.status != 0,
        "parley: the service identifies its errors by the status, which this error does not declare: add "
        "constexpr auto parley_traits(my_error const*) { return parley::traits(parley::http_error(404)); } in its namespace");
};

template <class... E>
struct errors_have_one_status {
    static constexpr bool differ() {
        int const statuses[] = {traits_of<E>.type.status..., 0};
        for (std::size_t i = 0; i < sizeof...(E); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (statuses[i] == statuses[j]) return false;
            }
        }
        return true;
    }
    static_assert(
        differ(),
        "parley: the service identifies its errors by the status, and two of these errors have the same status: give each "
        "its own parley::http_error, or the service another error_scheme");
};

template <class E>
constexpr std::string_view error_code_of() {
    constexpr auto type = traits_of<E>.type;
    return type.error_code.empty() ? type_name<E>() : type.error_code;
}

template <class E>
void* make_error() {
    return new E(access::make<E>());
}
template <class E>
void drop_error(void* error) {
    delete static_cast<E*>(error);
}

template <class E>
constexpr error_entry make_error_entry() {
    static_cast<void>(sizeof(error_is_not_described<E>));
    static_cast<void>(sizeof(error_has_views<E>));
    constexpr auto type = traits_of<E>.type;
    return {error_code_of<E>(),
            &shape_table<E>::value,
            &error_binding_of<E>,
            type.status,
            type.fault,
            type.retry,
            type.query_code.empty() ? error_code_of<E>() : type.query_code,
            &make_error<E>,
            &drop_error<E>};
}

// Does not depend on the operation, since the operations of a service share most errors.
template <class E>
inline constexpr error_entry error_entry_of = make_error_entry<E>();

template <class List, bool ByStatus>
struct error_table;
template <class... E, bool ByStatus>
struct error_table<errors<E...>, ByStatus> {
    static constexpr std::array<error_entry const*, sizeof...(E)> value{&error_entry_of<E>...};
    static constexpr bool check() {
        if constexpr (ByStatus) {
            (static_cast<void>(sizeof(error_has_no_status<E>)), ...);
            static_cast<void>(sizeof(errors_have_one_status<E...>));
        }
        return true;
    }
    static_assert(check());
};

template <class Op>
constexpr error_scheme scheme_of() {
    using service = typename service_of<Op>::type;
    if constexpr (requires {
                      { service::error_scheme } -> std::convertible_to<error_scheme>;
                  })
        return service::error_scheme;
    else return errors_by_code_or_status();
}

template <class Op>
concept aws_operation = requires {
    { service_of<Op>::type::aws } -> std::convertible_to<aws_service const&>;
};

template <class Op>
constexpr aws_service const* aws_of() {
    if constexpr (aws_operation<Op>) return &service_of<Op>::type::aws;
    else return nullptr;
}

template <class Op>
struct protocol_of {
    using type = parley::rest_json;
};
template <class Op>
    requires requires { typename service_of<Op>::type::protocol; }
struct protocol_of<Op> {
    using type = typename service_of<Op>::type::protocol;
};

/// Returns the wire name of the operation: `Op::name` if present, otherwise the name of the struct.
template <class Op>
constexpr std::string_view operation_name() {
    if constexpr (requires {
                      { Op::name } -> std::convertible_to<std::string_view>;
                  })
        return Op::name;
    else return type_name<Op>();
}

template <class Op>
concept has_http_binding = !std::is_same_v<typename protocol_of<Op>::type, parley::rest_json> || requires {
    { Op::http } -> std::convertible_to<parley::http>;
};

template <class Op>
struct has_input_and_output {
    static_assert(operation<Op>, "parley: an operation needs an input and an output: struct my_operation { struct input "
                                 "{...}; using output = ...; static constexpr auto http = parley::http(\"GET /path\"); };");
    using input = typename Op::input;
};

template <class Op>
struct is_operation : has_input_and_output<Op> {
    static_assert(is_described<typename Op::input>,
                  "parley: the input of the operation is not described: add BOOST_DESCRIBE_STRUCT(operation::input, (), "
                  "(...)) after the operation");
    static_assert(is_described<typename Op::output>,
                  "parley: the output of the operation is not described: add BOOST_DESCRIBE_STRUCT after it");
    static_assert(!std::is_same_v<typename protocol_of<Op>::type, parley::json_rpc>,
                  "parley: this operation uses JSON-RPC, which is independent of HTTP: send it with a parley::json_rpc_client");
    static_assert(has_http_binding<Op>, "parley: the operation has no HTTP binding: add static constexpr auto http = "
                                        "parley::http(\"GET /path\")");
};

template <class Op>
struct table_of : is_operation<Op> {
    static constexpr operation_table value{operation_name<Op>(),
                                           &shape_table<typename Op::input>::value,
                                           &shape_table<typename Op::output>::value,
                                           &http_binding_of<Op>::request,
                                           &http_binding_of<Op>::response,
                                           error_table<all_errors<Op>, scheme_of<Op>().by == error_scheme::rule::status>::value,
                                           scheme_of<Op>(),
                                           traits_of_operation<Op>(),
                                           aws_of<Op>(),
                                           traits_of_operation<Op>().checksum_required ? &add_md5 : nullptr};
};

} // namespace parley::detail

#endif
