// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_SIGV4_HPP
#define PARLEY_AUTH_SIGV4_HPP

#include <parley/auth/credentials.hpp>
#include <parley/auth/signers.hpp>
#include <parley/core/config.hpp>
#include <parley/core/result.hpp>
#include <parley/core/sha256.hpp>
#include <parley/http/request.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace parley::inline PARLEY_ABI {

/// The payload hash of a request whose body is not signed. For services that support it, over TLS.
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

/// The signing parameters of a service.
struct sigv4_options {
    std::string region{};              ///< The signing region: "eu-west-1".
    std::string service{};             ///< The signing name of the service: "medical-imaging".
    bool normalize_path = true;        ///< Normalizes "//", "/./" and "/x/../" to "/". False for S3.
    bool double_encode_path = true;    ///< Percent-encodes the path once more for the signature. False for S3.
    bool content_sha256_header = true; ///< Sends the payload hash in a header field, as S3 requires.
    bool sign_session_token = true;    ///< Signs the session token. It is sent in any case.
    std::string payload_hash{};        ///< The payload hash, such as `unsigned_payload`; empty: the hash of the body.
    sha256_functions hashing = sha256_with<own_sha256>; ///< SHA-256 provider.

    /// Returns the parameters of Amazon S3 in `region`.
    static sigv4_options s3(std::string region) {
        sigv4_options options{.region = std::move(region), .service = "s3"};
        options.normalize_path = options.double_encode_path = false;
        return options;
    }
};

/// Derives the signing key for a secret, a UTC day, a region and a service. `sigv4_signer` caches these keys.
///
/// @param secret_access_key The secret.
/// @param options           Supplies the region, the service and the SHA-256 provider.
/// @param now               A time on the day of the signature.
sha256_digest derive_signing_key(std::string_view secret_access_key, sigv4_options const& options,
                                 std::chrono::system_clock::time_point now);

/// A signature and its intermediate results, for comparison with the values that a service reports.
struct sigv4_signature {
    std::string canonical_request; ///< The canonical request. Contains the session token: do not log it.
    std::string string_to_sign;    ///< The string to sign.
    std::string signature;         ///< The signature, in hexadecimal.
};

/// Signs `request` with AWS Signature Version 4 in header fields.
///
/// Sets authorization and x-amz-date and, depending on the options and credentials, x-amz-content-sha256 and x-amz-security-token. Replaces
/// values from a previous attempt. Signs the host and all other header fields except those that proxies may change.
///
/// @param request     The request. It is unchanged on failure.
/// @param credentials The credentials.
/// @param options     The signing parameters.
/// @param now         The signing time.
/// @param key         The result of `derive_signing_key` for the same secret, options and day; null: it is derived.
/// @return The signature, or an error if a key, the region or the service is missing or invalid, or if a header field has an invalid name.
///
/// @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
result<sigv4_signature, signing_error> sign_headers(http_request& request, aws_credentials const& credentials,
                                                    sigv4_options const& options, std::chrono::system_clock::time_point now,
                                                    sha256_digest const* key = nullptr);

/// Signs `request` in its query. The URL can be used by anybody, any number of times, until it or the credentials expire.
///
/// The header fields of `request` are signed and must be sent unchanged, so it should have as few as possible.
///
/// @param request     The request. It is unchanged on failure.
/// @param credentials The credentials.
/// @param options     The signing parameters; `content_sha256_header` is ignored.
/// @param now         The signing time.
/// @param expires     The validity, from 1 second to 7 days.
/// @param key         The result of `derive_signing_key` for the same secret, options and day; null: it is derived.
/// @return The signature, or an error as for `sign_headers` or if `expires` is out of range.
///
///     auto options = parley::sigv4_options::s3("eu-west-1");
///     options.payload_hash = parley::unsigned_payload;
///     auto signature = parley::presign(request, credentials, options, now, std::chrono::minutes(15));
///     if (signature) mail(request.url());
result<sigv4_signature, signing_error> presign(http_request& request, aws_credentials const& credentials,
                                               sigv4_options const& options, std::chrono::system_clock::time_point now,
                                               std::chrono::seconds expires, sha256_digest const* key = nullptr);

} // namespace parley

#endif
