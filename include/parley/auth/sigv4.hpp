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

/// A payload hash that says that the body is not part of what is signed; for services that allow it, over TLS.
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

/// How a service wants its requests signed.
struct sigv4_options {
    std::string region{};              ///< "eu-west-1"
    std::string service{};             ///< the service's signing name: "medical-imaging"
    bool normalize_path = true;        ///< whether "//", "/./" and "/x/../" are one slash to the service; not to S3
    bool double_encode_path = true;    ///< whether the path is encoded once more than it is sent; not for S3
    bool content_sha256_header = true; ///< whether the payload hash is a header field too, as S3 needs it
    bool sign_session_token = true;    ///< false: the session token is sent, but not signed
    std::string payload_hash{};        ///< empty: of the body; else as given: `unsigned_payload`, the hash of a stream
    sha256_functions hashing = sha256_with<own_sha256>;

    /// As Amazon S3 wants it: paths as they are.
    static sigv4_options s3(std::string region) {
        sigv4_options options{.region = std::move(region), .service = "s3"};
        options.normalize_path = options.double_encode_path = false;
        return options;
    }
};

/// The key that signatures are made with: one for each secret, day of UTC, region and service. `sigv4_signer` keeps
/// them.
sha256_digest derive_signing_key(std::string_view secret_access_key, sigv4_options const& options,
                                 std::chrono::system_clock::time_point now);

/// What a signature was made of, to compare with what a service says it expected. The canonical request holds the session
/// token: do not log it.
struct sigv4_signature {
    std::string canonical_request;
    std::string string_to_sign;
    std::string signature;
};

/// Signs `request` with AWS Signature Version 4, in header fields: authorization, x-amz-date, and x-amz-content-sha256 and
/// x-amz-security-token if asked for. What an earlier attempt left in these fields is replaced. All other fields are signed,
/// but for those that a proxy may change; so is the host, whether or not it is among the fields yet.
///
/// Fails, and leaves the request as it is, if a key, region or service is missing or can be no header field, or if a field
/// of the request has an invalid name. `key`, if given, is the one that `derive_signing_key` makes of the same secret,
/// options and day.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
result<sigv4_signature, signing_error> sign_headers(http_request& request, aws_credentials const& credentials,
                                                    sigv4_options const& options, std::chrono::system_clock::time_point now,
                                                    sha256_digest const* key = nullptr);

/// Signs `request` in its query, so that whoever has its address may make it once or often until `expires` is over: from a
/// second to seven days. Whoever makes it must send the request's header fields as they are; the fewer, the better. The
/// address works no longer than the credentials do.
///
/// Fails as `sign_headers` does, and if `expires` is out of bounds. `content_sha256_header` has no meaning here.
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
