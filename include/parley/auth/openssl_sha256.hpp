// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_AUTH_OPENSSL_SHA256_HPP
#define PARLEY_AUTH_OPENSSL_SHA256_HPP

#include <parley/core/result.hpp>
#include <parley/core/sha256.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <limits>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// SHA-256 from OpenSSL's libcrypto, version 1.1.1 or later. On processors with SHA instructions it is several times as fast as the built-in
/// implementation.
///
///     parley::sigv4_options options{.region = "eu-west-1", .service = "s3", .hashing = parley::sha256_with<parley::openssl_sha256>};
struct openssl_sha256 {
    /// Returns the SHA-256 digest of `bytes`.
    ///
    /// @throws parley::exception if libcrypto fails, for example without a loaded provider.
    static sha256_digest hash(std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) fail();
        return digest;
    }
    /// Returns the HMAC-SHA-256 of `bytes` (RFC 2104).
    ///
    /// @throws parley::exception if libcrypto fails.
    static sha256_digest hmac(std::string_view key, std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) fail();
        // HMAC() reuses the previous key if the pointer is null.
        void const* const key_data = key.empty() ? "" : key.data();
        if (!HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(bytes.data()),
                  bytes.size(), digest.data(), &size)) {
            fail();
        }
        return digest;
    }

private:
    [[noreturn]] static void fail() { throw exception("libcrypto cannot compute SHA-256"); }
};

} // namespace parley

#endif
