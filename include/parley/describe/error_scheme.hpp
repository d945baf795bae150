// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ERROR_SCHEME_HPP
#define PARLEY_DESCRIBE_ERROR_SCHEME_HPP

#include <parley/core/version.hpp>

#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// The part of a response that identifies its error. A service selects its scheme with a member:
///
///     struct weather_service {
///         static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/message", "/error");
///     };
struct error_scheme {
    /// The kinds of schemes.
    enum class rule : std::uint8_t {
        code_or_status, ///< See `errors_by_code_or_status`.
        aws,            ///< See `aws_errors`.
        status,         ///< See `errors_by_status`.
        member,         ///< See `errors_by_member`.
        problem,        ///< See `problem_details`.
    };

    rule by = rule::code_or_status; ///< The kind of this scheme.
    std::string_view code;          ///< JSON Pointer of the error code.
    std::string_view message;       ///< JSON Pointer of the message.
    std::string_view details;       ///< JSON Pointer of the object with the members of the error.
};

/// Identifies an error by the header `x-amzn-errortype`, else by the members `code` or `__type`, else by the status if exactly one error
/// of the operation has it. The default of a service.
constexpr error_scheme errors_by_code_or_status() { return {}; }

/// Identifies an error by the header `x-amzn-errortype`, else by the members `code` or `__type`, as AWS REST JSON services do.
///
/// @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
constexpr error_scheme aws_errors() { return {error_scheme::rule::aws, {}, {}, {}}; }

/// Identifies an error by the status alone. Each error declares its status in its traits: `parley::http_error(404)`.
constexpr error_scheme errors_by_status() { return {error_scheme::rule::status, {}, "/message", {}}; }

/// Identifies an error by a code in the body.
///
/// @param code    JSON Pointer (RFC 6901) of the code.
/// @param message JSON Pointer of the message.
/// @param details JSON Pointer of the object with the members of the error; by default the whole body.
constexpr error_scheme errors_by_member(std::string_view code, std::string_view message = "/message",
                                        std::string_view details = "") {
    return {error_scheme::rule::member, code, message, details};
}

/// Identifies an error by its problem details (RFC 9457): by the last segment of the URI `type`, or by the status if the type is
/// "about:blank". The message is `detail`, else `title`.
constexpr error_scheme problem_details() { return {error_scheme::rule::problem, "/type", "/detail", ""}; }

} // namespace parley

#endif
