// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_CREDENTIALS_HPP
#define PARLEY_AUTH_CREDENTIALS_HPP

#include <parley/core/config.hpp>
#include <parley/core/result.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace parley::inline PARLEY_ABI {

/// Credentials for signing requests to AWS. The struct is not described, so that the library cannot encode or print it.
struct aws_credentials {
    std::string access_key_id{};     ///< The access key ID.
    std::string secret_access_key{}; ///< The secret access key.
    std::string session_token{};     ///< The session token of temporary credentials; else empty.
    std::optional<std::chrono::system_clock::time_point> expiration{}; ///< The expiration time; `nullopt`: never.
};

/// The reason why a provider returned no credentials.
enum class credentials_errc : std::uint8_t {
    not_configured, ///< The source is not configured: a chain tries the next provider.
    invalid,        ///< The configuration is incomplete or contradictory.
    unavailable,    ///< The source cannot be reached: a connection failure, a time-out or a failed process.
    refused,        ///< The source refused to issue credentials.
    malformed,      ///< The response of the source is malformed.
    expired,        ///< The credentials have expired.
    cancelled,      ///< The call was cancelled, or its deadline expired.
};

/// Returns a description of `code` for error texts: "not configured".
std::string_view to_string(credentials_errc code) noexcept;

/// The error of a credentials provider. Does not contain secrets.
struct credentials_error {
    credentials_errc code{};                 ///< The reason.
    std::string provider{};                  ///< The provider: "environment", "profile dev", "instance metadata".
    std::string text{};                      ///< Details; may be empty.
    std::vector<credentials_error> causes{}; ///< The errors of the providers of a chain.

    /// Returns the error in one line: "instance metadata: refused: status 500".
    std::string message() const;
};

/// The result of a credentials provider.
using credentials_result = result<aws_credentials, credentials_error>;

/// The context of a call that needs credentials.
struct credentials_context {
    /// Deadline of the call, by the client's clock. A provider that blocks should time out then.
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    std::stop_token stop{}; ///< Cancels the provider.
};

namespace detail {

template <class P>
concept takes_credentials_context = std::is_invocable_r_v<credentials_result, P&, credentials_context const&>;

} // namespace detail

/// A credentials provider: callable without arguments or with a `credentials_context`. Returns a `credentials_result`.
///
/// A provider may block. It is called for each attempt, so wrap a slow provider in `cached_credentials`. A provider that is cancelled, or
/// whose deadline expires, returns `credentials_errc::cancelled`.
///
/// Models: `static_credentials`, `environment_credentials`, `profile_credentials`, `container_credentials`, `instance_credentials`,
/// `web_identity_credentials`, `credentials_chain`, `cached_credentials`, any lambda that returns a `credentials_result`.
template <class P>
concept credentials_provider = detail::takes_credentials_context<P> || std::is_invocable_r_v<credentials_result, P&>;

/// A type-erased credentials provider. Copies contain copies of the provider.
class any_credentials_provider {
public:
    /// Creates an empty object.
    any_credentials_provider() = default;
    /// Creates an empty object.
    any_credentials_provider(std::nullptr_t) noexcept {}

    /// Contains `provider`.
    template <credentials_provider P>
    any_credentials_provider(P provider) requires(!std::same_as<P, any_credentials_provider>) {
        if constexpr (detail::takes_credentials_context<P>) {
            provider_ = std::move(provider);
        } else {
            provider_ = [provider = std::move(provider)](credentials_context const&) mutable -> credentials_result {
                return provider();
            };
        }
    }

    /// Returns true unless the object is empty.
    explicit operator bool() const noexcept { return static_cast<bool>(provider_); }
    /// Calls the provider. The object must not be empty.
    credentials_result operator()(credentials_context const& context = {}) const { return provider_(context); }

private:
    std::function<credentials_result(credentials_context const&)> provider_;
};

} // namespace parley

#endif
