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

/// What requests to AWS are signed with. Not described, so that nothing of the library can print it.
struct aws_credentials {
    std::string access_key_id{};
    std::string secret_access_key{};
    std::string session_token{};                                       ///< of temporary credentials; else empty
    std::optional<std::chrono::system_clock::time_point> expiration{}; ///< none: they do not expire
};

/// Why there are no credentials.
enum class credentials_errc : std::uint8_t {
    not_configured, ///< this source is not set up here: a chain asks the next one
    invalid,        ///< what the user has set up is incomplete or contradicts itself
    unavailable,    ///< the source could not be asked: no connection, no answer in time, a process that fails
    refused,        ///< the source answered that it gives none
    malformed,      ///< the source's answer cannot be read
    expired,        ///< the source has credentials, but their time is over
    cancelled,      ///< the call that needs them was stopped, or its deadline has passed, before the source answered
};

/// The name of `code` in words, as error texts use it: "not configured".
std::string_view to_string(credentials_errc code) noexcept;

/// Which provider has no credentials, and why. Holds no secret.
struct credentials_error {
    credentials_errc code{};
    std::string provider{};                  ///< "environment", "profile dev", "instance metadata"
    std::string text{};                      ///< more of it, or empty
    std::vector<credentials_error> causes{}; ///< of a chain: why each of its providers has none

    /// One line: "instance metadata: refused: status 500".
    std::string message() const;
};

using credentials_result = result<aws_credentials, credentials_error>;

/// The call that needs the credentials.
struct credentials_context {
    /// By the client's clock. A provider that waits should give up then.
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    std::stop_token stop{}; ///< asks the provider to give up at once
};

namespace detail {

template <class P>
concept takes_credentials_context = std::is_invocable_r_v<credentials_result, P&, credentials_context const&>;

} // namespace detail

/// A provider of credentials: callable without arguments or with a `credentials_context`; it may block, and it is called for each
/// attempt, so a slow one belongs into `cached_credentials`. One that gives up as the context asks it to returns
/// `credentials_errc::cancelled`. Models: `static_credentials`, `environment_credentials`, `profile_credentials`,
/// `container_credentials`, `instance_credentials`, `web_identity_credentials`, `credentials_chain`, `cached_credentials`,
/// any lambda that returns a `credentials_result`.
template <class P>
concept credentials_provider = detail::takes_credentials_context<P> || std::is_invocable_r_v<credentials_result, P&>;

/// A provider of any type. Copies of it have copies of the provider.
class any_credentials_provider {
public:
    any_credentials_provider() = default;
    any_credentials_provider(std::nullptr_t) noexcept {}

    template <credentials_provider P>
    any_credentials_provider(P provider) requires(!std::same_as<P, any_credentials_provider>) {
        if constexpr (detail::takes_credentials_context<P>) {
            ask_ = std::move(provider);
        } else {
            ask_ = [provider = std::move(provider)](credentials_context const&) mutable -> credentials_result {
                return provider();
            };
        }
    }

    explicit operator bool() const noexcept { return static_cast<bool>(ask_); }
    credentials_result operator()(credentials_context const& context = {}) const { return ask_(context); }

private:
    std::function<credentials_result(credentials_context const&)> ask_;
};

} // namespace parley

#endif
