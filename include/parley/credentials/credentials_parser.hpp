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

// How servers and processes write credentials, read as what they are: hostile input.

namespace parley::inline PARLEY_ABI::detail {

enum class response_form : std::uint8_t {
    metadata, ///< of containers and instances: the token is called Token, Code is Success if it is there
    process,  ///< of `credential_process`: the token is called SessionToken, and Version is 1
};

/// Reads credentials in JSON. Fails with `malformed`; `refused` if it says so itself; `expired` if their time is over.
/// `sent` is the secret that was sent to get them, if there was one.
credentials_result credentials_in_json(std::string_view json, response_form form, std::string_view provider,
                                       std::chrono::system_clock::time_point now, std::string_view sent = {});

/// Why an answer of another status than 200 has no credentials: "status 404, Code: Message".
credentials_error error_in_json(http_response const& answer, std::string_view provider, std::string_view sent = {});

/// The text of the first element of that name, whatever its namespace prefix; nothing if there is none or it has elements
/// within. It reads what STS writes; it is no parser of XML: it knows no CDATA, and does not check what it skips.
std::optional<std::string> text_in_xml(std::string_view xml, std::string_view name);

/// Credentials of these texts, if they are complete and in time. `expiration` is a date (RFC 3339) or empty: none.
credentials_result checked_credentials(aws_credentials credentials, std::string_view expiration, std::string_view provider,
                                       std::chrono::system_clock::time_point now);

} // namespace parley::detail

#endif
