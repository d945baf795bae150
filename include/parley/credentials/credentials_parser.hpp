// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_CREDENTIALS_PARSER_HPP
#define PARLEY_CREDENTIALS_CREDENTIALS_PARSER_HPP

#include <parley/auth/credentials.hpp>
#include <parley/http/response.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Parsers of the credentials that servers and processes return. The input may be hostile.

namespace parley::inline PARLEY_ABI::detail {

enum class response_form : std::uint8_t {
    metadata, ///< of containers and instances: the token is named Token, and Code, if present, is Success
    process,  ///< of `credential_process`: the token is named SessionToken, and Version is 1
};

/// Parses credentials in JSON. Returns the errors `malformed`, `refused` if the Code is an error, or `expired`. `sent` is the secret of
/// the request, which error texts must not contain; it may be empty.
credentials_result credentials_in_json(std::string_view json, response_form form, std::string_view provider,
                                       std::chrono::system_clock::time_point now, std::string_view sent = {});

/// Returns the error for a response with another status than 200: "status 404, Code: Message".
credentials_error error_in_json(http_response const& answer, std::string_view provider, std::string_view sent = {});

/// Returns the text of the first element with this local name; `nullopt` if there is none or it has child elements. It supports the
/// XML that STS writes, without CDATA, and does not validate the rest of the document.
std::optional<std::string> text_in_xml(std::string_view xml, std::string_view name);

/// Checks that credentials are complete and not expired. `expiration` is a date (RFC 3339), or empty for credentials that do not
/// expire.
credentials_result checked_credentials(aws_credentials credentials, std::string_view expiration, std::string_view provider,
                                       std::chrono::system_clock::time_point now);

} // namespace parley::detail

#endif
