// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_IPP
#define PARLEY_CREDENTIALS_ENVIRONMENT_CREDENTIALS_IPP

#include <parley/credentials/credentials_parser.hpp>
#include <parley/credentials/environment_credentials.hpp>
#include <parley/credentials/send_with_retries.hpp>

namespace parley::inline PARLEY_ABI {

[[gnu::cold]] credentials_result environment_credentials::operator()() const {
    auto const get = [this](char const* name) { return detail::variable(from, name); };
    auto const error = [](credentials_errc code, char const* text) { return credentials_error{code, "environment", text, {}}; };
    aws_credentials credentials{.access_key_id = get("AWS_ACCESS_KEY_ID"),
                                .secret_access_key = get("AWS_SECRET_ACCESS_KEY"),
                                .session_token = get("AWS_SESSION_TOKEN")};
    bool const has_id = !credentials.access_key_id.empty(), has_secret = !credentials.secret_access_key.empty();
    if (!has_id && !has_secret) return error(credentials_errc::not_configured, "AWS_ACCESS_KEY_ID is not set");
    if (!has_id) return error(credentials_errc::invalid, "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not");
    if (!has_secret) return error(credentials_errc::invalid, "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not");
    auto const expiration = get("AWS_CREDENTIAL_EXPIRATION");
    auto checked = detail::checked_credentials(std::move(credentials), expiration, "environment", from.now());
    if (!checked && checked.error().code == credentials_errc::malformed) {
        return error(credentials_errc::invalid, "AWS_CREDENTIAL_EXPIRATION is not a date");
    }
    return checked;
}

} // namespace parley

#endif
