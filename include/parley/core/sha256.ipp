// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CORE_SHA256_IPP
#define PARLEY_CORE_SHA256_IPP

#include <parley/core/sha256.hpp>

#include <algorithm>
#include <bit>

namespace parley::inline PARLEY_ABI {

namespace detail::core {

// FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
inline constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

template <class Word>
void write_big_endian(Word value, unsigned char* to) noexcept {
    for (std::size_t i = sizeof(Word); i > 0; --i, value = static_cast<Word>(value >> 8)) {
        to[i - 1] = static_cast<unsigned char>(value);
    }
}

} // namespace detail::core

// Uses the names of FIPS 180-4, section 6.2.2.
void sha256::compress(unsigned char const* block) noexcept {
    std::array<std::uint32_t, 64> w;
    for (std::size_t t = 0; t < 16; ++t) {
        auto const* const p = block + 4 * t;
        w[t] = std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
    }
    for (std::size_t t = 16; t < 64; ++t) {
        auto const x = w[t - 15], y = w[t - 2];
        auto const sigma0 = std::rotr(x, 7) ^ std::rotr(x, 18) ^ x >> 3;
        auto const sigma1 = std::rotr(y, 17) ^ std::rotr(y, 19) ^ y >> 10;
        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t t = 0; t < 64; ++t) {
        auto const sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        auto const sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        auto const t1 = h + sum1 + ((e & f) ^ (~e & g)) + detail::core::sha256_constants[t] + w[t];
        auto const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    std::array<std::uint32_t, 8> const result{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += result[i];
}

void sha256::update(std::string_view bytes) noexcept {
    bytes_ += bytes.size();
    auto const* data = reinterpret_cast<unsigned char const*>(bytes.data());
    auto left = bytes.size();
    while (left > 0) {
        if (filled_ == 0 && left >= block_.size()) {
            compress(data);
            data += block_.size(), left -= block_.size();
            continue;
        }
        auto const count = std::min(left, block_.size() - filled_);
        std::copy_n(data, count, block_.data() + filled_);
        data += count, left -= count, filled_ += count;
        if (filled_ == block_.size()) compress(block_.data()), filled_ = 0;
    }
}

// FIPS 180-4, section 5.1.1: a bit 1, zeros, and the length in bits as the last eight bytes of a block.
sha256_digest sha256::finish() noexcept {
    auto const bits = bytes_ * 8;
    update("\x80");
    if (filled_ > block_.size() - 8) update(std::string_view("\0\0\0\0\0\0\0", block_.size() - filled_));
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(), static_cast<unsigned char>(0));
    detail::core::write_big_endian(bits, block_.data() + block_.size() - 8);
    compress(block_.data());
    sha256_digest digest;
    for (std::size_t i = 0; i < state_.size(); ++i) detail::core::write_big_endian(state_[i], digest.data() + 4 * i);
    return digest;
}

sha256_digest sha256_of(std::string_view bytes) noexcept {
    sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

// RFC 2104, section 2: H(K XOR opad, H(K XOR ipad, text)), with the key filled up with zeros to a block.
sha256_digest hmac_sha256(std::string_view key, std::string_view bytes) noexcept {
    sha256_digest short_key;
    if (key.size() > 64) {
        short_key = sha256_of(key);
        key = bytes_of(short_key);
    }
    std::array<char, 64> pad{};
    auto const pad_with = [&](unsigned char mask) {
        for (std::size_t i = 0; i < pad.size(); ++i) {
            pad[i] = static_cast<char>((i < key.size() ? static_cast<unsigned char>(key[i]) : 0) ^ mask);
        }
        return std::string_view(pad.data(), pad.size());
    };
    sha256 inner, outer;
    inner.update(pad_with(0x36));
    inner.update(bytes);
    outer.update(pad_with(0x5c));
    outer.update(bytes_of(inner.finish()));
    return outer.finish();
}

std::string to_hex(sha256_digest const& digest) {
    std::string text;
    text.reserve(2 * digest.size());
    for (auto const byte : digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

} // namespace parley

#endif
