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

/// SHA-256 of OpenSSL's libcrypto (1.1.1 and later): several times as fast as parley's own, on processors that have
/// instructions for it. Throws `parley::exception` if libcrypto refuses, as it may for want of memory or of a provider.
///
///     parley::sigv4_options options{.region = "eu-west-1", .service = "s3", .hashing = parley::sha256_with<parley::openssl_sha256>};
struct openssl_sha256 {
    static sha256_digest hash(std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) refuse();
        return digest;
    }
    static sha256_digest hmac(std::string_view key, std::string_view bytes) {
        sha256_digest digest;
        unsigned size = 0;
        if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) refuse();
        // A null key would mean "the key of before".
        void const* const key_data = key.empty() ? "" : key.data();
        if (!HMAC(EVP_sha256(), key_data, static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(bytes.data()),
                  bytes.size(), digest.data(), &size)) {
            refuse();
        }
        return digest;
    }

private:
    [[noreturn]] static void refuse() { throw exception("libcrypto cannot compute SHA-256"); }
};

} // namespace parley

#endif
