// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_SHA256_HPP
#define PARLEY_CORE_SHA256_HPP

#include <parley/core/config.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::inline PARLEY_ABI {

/// A SHA-256 digest.
using sha256_digest = std::array<unsigned char, 32>;

/// Computes a SHA-256 digest incrementally (FIPS 180-4). The run time depends on the number of bytes only, not on their values.
///
/// @par Example
///     parley::sha256 hash;
///     while (auto chunk = next()) hash.update(*chunk);
///     std::string hex = parley::to_hex(hash.finish());
class sha256 {
public:
    /// Adds bytes to the input.
    void update(std::string_view bytes) noexcept;
    /// Returns the digest of the whole input. Do not use the object afterwards.
    sha256_digest finish() noexcept;

private:
    void compress(unsigned char const* block) noexcept;

    // FIPS 180-4, section 5.3.3: the first 32 bits of the fractional parts of the square roots of the first eight primes.
    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, 64> block_{};
    std::size_t filled_ = 0;
    std::uint64_t bytes_ = 0;
};

/// Returns the SHA-256 digest of `bytes`.
sha256_digest sha256_of(std::string_view bytes) noexcept;

/// Returns the HMAC of `bytes` with SHA-256 (RFC 2104).
/// @param key   The secret key, of any size.
/// @param bytes The message.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept;

/// Returns `digest` as 64 hexadecimal digits in lower case.
std::string to_hex(sha256_digest const& digest);

/// Returns a view of the bytes of `digest`, which must outlive it.
inline std::string_view bytes_of(sha256_digest const& digest) noexcept {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

/// SHA-256 provider: built in, or the application's own. A model is a type with the static functions `hash` and `hmac`. Models:
/// `own_sha256`, `openssl_sha256`.
template <class H>
concept sha256_model = requires(std::string_view key, std::string_view bytes) {
    { H::hash(bytes) } -> std::same_as<sha256_digest>;
    { H::hmac(key, bytes) } -> std::same_as<sha256_digest>;
};

/// The built-in SHA-256 provider.
struct own_sha256 {
    /// See `sha256_of`.
    static sha256_digest hash(std::string_view bytes) noexcept { return sha256_of(bytes); }
    /// See `hmac_sha256`.
    static sha256_digest hmac(std::string_view key, std::string_view bytes) noexcept { return hmac_sha256(key, bytes); }
};

/// A SHA-256 provider as a value, for code that is not a template.
struct sha256_functions {
    sha256_digest (*hash)(std::string_view bytes);                       ///< returns the digest of `bytes`
    sha256_digest (*hmac)(std::string_view key, std::string_view bytes); ///< returns the HMAC of `bytes`
};

/// The SHA-256 provider `H` as a value: `parley::sha256_with<parley::openssl_sha256>`.
template <sha256_model H>
inline constexpr sha256_functions sha256_with{[](std::string_view bytes) { return H::hash(bytes); },
                                              [](std::string_view key, std::string_view bytes) { return H::hmac(key, bytes); }};

} // namespace parley

#endif
