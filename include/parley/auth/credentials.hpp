// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_CREDENTIALS_HPP
#define PARLEY_AUTH_CREDENTIALS_HPP

#include <parley/core/config.hpp>
#include <parley/core/result.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

/// What requests to AWS are signed with. Not described, so that nothing of the library can print it.
struct aws_credentials {
    std::string access_key_id{};
    std::string secret_access_key{};
    std::string session_token{};                                        ///< of temporary credentials; else empty
    std::optional<std::chrono::system_clock::time_point> expiration{};  ///< none: they do not expire
};

/// Why there are no credentials.
enum class credentials_errc : std::uint8_t {
    not_configured, ///< this source is not set up here: a chain asks the next one
    invalid,        ///< what the user has set up is incomplete or contradicts itself
    unavailable,    ///< the source could not be asked: no connection, no answer in time, a process that fails
    refused,        ///< the source answered that it gives none
    malformed,      ///< the source's answer cannot be read
    expired,        ///< the source has credentials, but their time is over
};

/// The name of `code` in words, as error texts use it: "not configured".
std::string_view to_string(credentials_errc code) noexcept;

/// Which provider has no credentials, and why. Holds no secret.
struct credentials_error {
    credentials_errc code{};
    std::string provider{};                 ///< "environment", "profile dev", "instance metadata"
    std::string text{};                     ///< more of it, or empty
    std::vector<credentials_error> causes{}; ///< of a chain: why each of its providers has none

    /// One line: "instance metadata: refused: status 500".
    std::string message() const;
};

using credentials_result = result<aws_credentials, credentials_error>;

/// A provider of credentials: callable without arguments; it may block, and it is called for each attempt, so a slow one
/// belongs into `cached_credentials`. Models: `static_credentials`, `environment_credentials`, `profile_credentials`,
/// `container_credentials`, `instance_credentials`, `web_identity_credentials`, `credentials_chain`, `cached_credentials`,
/// any lambda that returns a `credentials_result`.
template <class P>
concept credentials_provider = requires(P& provider) {
    { provider() } -> std::same_as<credentials_result>;
};

/// A provider of any type.
using any_credentials_provider = std::function<credentials_result()>;

} // namespace parley

#endif
