// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_REQUEST_DECORATOR_HPP
#define PARLEY_EXCHANGE_REQUEST_DECORATOR_HPP

#include <parley/http/request.hpp>
#include <parley/protocol/operation_table.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI::detail {

/// Adds the header fields that a family of services expects in addition to those of the protocol.
struct request_decorator {
    /// Called once for each call, after the request is encoded.
    void (*decorate_call)(http_request& request, std::string_view user_agent, std::function<std::string()> const& uuid);
    /// Called for each attempt, before the request is signed.
    void (*decorate_attempt)(http_request& request, int attempt, int max_attempts);
};

/// The endpoint rules and header fields of AWS operations. Defined by <parley/aws.hpp>.
template <class Op>
struct aws_binding;

template <class Op>
concept has_aws_binding = requires {
    sizeof(aws_binding<Op>);
};

template <class Op>
struct aws_header_is_included_for {
    static_assert(
        has_aws_binding<Op>,
        "parley: this operation belongs to an AWS service: include <parley/aws.hpp> (or <parley/parley.hpp>) where it is sent");
};

/// Returns the decorator of the service family of `Op`, or null.
template <class Op>
constexpr request_decorator const* decorator_of() {
    if constexpr (!aws_operation<Op>) {
        return nullptr;
    } else {
        static_cast<void>(sizeof(aws_header_is_included_for<Op>));
        if constexpr (has_aws_binding<Op>) return &aws_binding<Op>::decorator;
        else return nullptr;
    }
}

} // namespace parley::detail

#endif
