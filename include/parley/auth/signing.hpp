// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_SIGNING_HPP
#define PARLEY_AUTH_SIGNING_HPP

#include <parley/http/request.hpp>
#include <parley/http/transport_error.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// The context of the attempt whose request is signed.
struct signing_context {
    std::chrono::system_clock::time_point time{}; ///< The current time, corrected by the clock offset of the server.
    int attempt = 1;                              ///< The number of the attempt, from 1.
    std::string_view region{};  ///< AWS: the region of the client, or the signing region from the endpoint rules.
    std::string_view service{}; ///< AWS: the signing name of the service.
    /// Deadline of the call, by the client's clock. A signer that blocks should time out then.
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    std::stop_token stop{}; ///< Cancels the signer.
};

/// The reason why a request cannot be signed. The request is not sent.
struct signing_error {
    std::string text; ///< A description without secrets.
    transport_errc condition =
        transport_errc::signing; ///< The reported condition: signing, no_credentials or expired_credentials.
};

/// A type-erased signer, which authorizes the encoded request of each attempt before it is sent.
///
/// The signer is the last to change a request. It is called for each attempt, with the request that it signed for the previous attempt, so it
/// must replace its header fields (`set`) rather than add them.
///
/// Construct it from a function that takes a request and, optionally, a context. The function returns nothing or an optional
/// `signing_error`. An exception is reported as a failure, too. Copies share the function. All threads that send with a client call its signer
/// concurrently.
///
///     parley::request_signer key = [](parley::http_request& r) { r.fields.set("x-api-key", "..."); };
///     parley::request_signer token = [&](parley::http_request& r, parley::signing_context const& now)
///         -> std::optional<parley::signing_error> {
///         if (tokens.expired(now.time)) return parley::signing_error{"the token has expired"};
///         r.fields.set("authorization", "Bearer " + tokens.current());
///         return std::nullopt;
///     };
class request_signer {
public:
    /// Creates an empty signer: requests are not signed.
    request_signer() = default;

    /// Contains the function `sign`.
    template <class F>
    request_signer(F sign) requires(
        !std::same_as<
            std::remove_cvref_t<F>,
            request_signer> && (std::invocable<F&, http_request&, signing_context const&> || std::invocable<F&, http_request&>))
        : sign_(std::make_shared<function>(
            [sign = std::move(sign)](http_request& r, signing_context const& c) mutable -> std::optional<signing_error> {
                auto const call = [&]() -> decltype(auto) {
                    if constexpr (std::invocable<F&, http_request&, signing_context const&>) return sign(r, c);
                    else return sign(r);
                };
                if constexpr (std::is_void_v<decltype(call())>) return call(), std::nullopt;
                else return call();
            })) {}

    /// Returns true unless the signer is empty.
    explicit operator bool() const noexcept { return sign_ != nullptr; }
    /// Returns true if the signer is empty.
    friend bool operator==(request_signer const& s, std::nullptr_t) noexcept { return s.sign_ == nullptr; }
    /// Signs `request`. The signer must not be empty.
    ///
    /// @return The reason of a failure, or `nullopt`.
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const {
        return (*sign_)(request, context);
    }

private:
    using function = std::function<std::optional<signing_error>(http_request&, signing_context const&)>;
    std::shared_ptr<function> sign_; // shared by all calls of a client, so that the function keeps its state
};

} // namespace parley

#endif
