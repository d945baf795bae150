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

/// What a signer may want to know of the attempt whose request it is given.
struct signing_context {
    std::chrono::system_clock::time_point time{}; ///< now, by the peer's clock as far as that is known
    int attempt = 1;
    std::string_view region{};  ///< of AWS: that of the client, or what the service's endpoint rules say instead
    std::string_view service{}; ///< of AWS: the service's signing name
    /// Of the call, by the client's clock. A signer that waits should give up then.
    std::optional<std::chrono::steady_clock::time_point> deadline{};
    std::stop_token stop{}; ///< asks the signer to give up at once
};

/// Why a request cannot be signed. It is not sent then.
struct signing_error {
    std::string text;                                   ///< for a person to read; without secrets
    transport_errc condition = transport_errc::signing; ///< how the call ends, or no_credentials, expired_credentials
};

/// The step between encoding and sending: whatever authorizes a request. It is the last to change the request of an attempt,
/// and sees each attempt anew, with what it wrote to the attempt before still there: it sets header fields, and adds none.
///
/// Made from anything callable with a request, or with a request and a context, which may return why it failed. What it
/// throws counts as a failure, too. Copies share it; that of a client is called by all threads that send with it.
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
    request_signer() = default;

    template <class F>
    request_signer(F sign) requires(
        !std::same_as<
            std::remove_cvref_t<F>,
            request_signer> && (std::invocable<F&, http_request&, signing_context const&> || std::invocable<F&, http_request&>))
        : sign_(std::make_shared<step>(
            [sign = std::move(sign)](http_request& r, signing_context const& c) mutable -> std::optional<signing_error> {
                auto const call = [&]() -> decltype(auto) {
                    if constexpr (std::invocable<F&, http_request&, signing_context const&>) return sign(r, c);
                    else return sign(r);
                };
                if constexpr (std::is_void_v<decltype(call())>) return call(), std::nullopt;
                else return call();
            })) {}

    explicit operator bool() const noexcept { return sign_ != nullptr; }
    friend bool operator==(request_signer const& s, std::nullptr_t) noexcept { return s.sign_ == nullptr; }
    std::optional<signing_error> operator()(http_request& request, signing_context const& context) const {
        return (*sign_)(request, context);
    }

private:
    using step = std::function<std::optional<signing_error>(http_request&, signing_context const&)>;
    std::shared_ptr<step> sign_; // one for all calls of a client: what it learns in one, it knows in the next
};

} // namespace parley

#endif
