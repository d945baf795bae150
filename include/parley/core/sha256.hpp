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

using sha256_digest = std::array<unsigned char, 32>;

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. Takes the same time for all bytes of one length.
///
///     parley::sha256 hash;
///     while (auto piece = next()) hash.update(*piece);
///     std::string hex = parley::to_hex(hash.finish());
class sha256 {
public:
    void update(std::string_view bytes) noexcept;
    /// The digest of all that came. The object is of no use afterwards.
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

sha256_digest sha256_of(std::string_view bytes) noexcept;

/// RFC 2104 with SHA-256.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept;

/// Lower case, two digits a byte.
std::string to_hex(sha256_digest const& digest);

/// The bytes of `digest` as text, to hash them further.
inline std::string_view bytes_of(sha256_digest const& digest) noexcept {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

/// Who hashes: parley itself, or what a program has already. A model is a type with these two static functions. Models:
/// `own_sha256`, `openssl_sha256`.
template <class H>
concept sha256_model = requires(std::string_view key, std::string_view bytes) {
    { H::hash(bytes) } -> std::same_as<sha256_digest>;
    { H::hmac(key, bytes) } -> std::same_as<sha256_digest>;
};

struct own_sha256 {
    static sha256_digest hash(std::string_view bytes) noexcept { return sha256_of(bytes); }
    static sha256_digest hmac(std::string_view key, std::string_view bytes) noexcept { return hmac_sha256(key, bytes); }
};

/// A model as a value, for code that is no template: `parley::sha256_with<parley::openssl_sha256>`.
struct sha256_functions {
    sha256_digest (*hash)(std::string_view bytes);
    sha256_digest (*hmac)(std::string_view key, std::string_view bytes);
};

template <sha256_model H>
inline constexpr sha256_functions sha256_with{[](std::string_view bytes) { return H::hash(bytes); },
                                              [](std::string_view key, std::string_view bytes) { return H::hmac(key, bytes); }};

} // namespace parley

#endif
