// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_ERROR_SCHEME_HPP
#define PARLEY_DESCRIBE_ERROR_SCHEME_HPP

#include <parley/core/version.hpp>

#include <cstdint>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// How a service says which error a response is. A service names its own:
///
///     struct weather_service {
///         static constexpr auto error_scheme = parley::errors_by_member("/error/code", "/error/message", "/error");
///     };
struct error_scheme {
    enum class rule : std::uint8_t { code_or_status, aws, status, member, problem };

    rule by = rule::code_or_status;
    std::string_view code;    ///< JSON Pointer of the code
    std::string_view message; ///< JSON Pointer of the text
    std::string_view details; ///< JSON Pointer of the object that has the error's members
};

/// The header `x-amzn-errortype`, else the members `code` or `__type`, else the status if just one error of the operation
/// has it. What a service uses that says nothing.
constexpr error_scheme errors_by_code_or_status() { return {}; }

/// As AWS's REST JSON services say it: the header `x-amzn-errortype`, else the members `code` or `__type`.
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
constexpr error_scheme aws_errors() { return {error_scheme::rule::aws, {}, {}, {}}; }

/// By the status alone: `parley::http_error(404)` in the traits of an error.
constexpr error_scheme errors_by_status() { return {error_scheme::rule::status, {}, "/message", {}}; }

/// By the text that a JSON Pointer (RFC 6901) finds in the body.
constexpr error_scheme errors_by_member(std::string_view code, std::string_view message = "/message",
                                        std::string_view details = "") {
    return {error_scheme::rule::member, code, message, details};
}

/// Problem details, RFC 9457: by the last part of the URI `type`, or the status where it is "about:blank"; the text is
/// `detail`, else `title`.
constexpr error_scheme problem_details() { return {error_scheme::rule::problem, "/type", "/detail", ""}; }

} // namespace parley

#endif
