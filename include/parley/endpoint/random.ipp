// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_ENDPOINT_RANDOM_IPP
#define PARLEY_ENDPOINT_RANDOM_IPP

#include <parley/endpoint/random.hpp>

#include <bit>
#include <cstdint>
#include <random>

namespace parley::detail {

namespace {

// Blackman and Vigna, xoshiro256**: https://prng.di.unimi.it. All of its state is the system's randomness.
class random_engine {
public:
    [[gnu::cold]] random_engine() {
        std::random_device device;
        for (auto& word : state_) word = std::uint64_t{device()} << 32 | device();
    }

    std::uint64_t operator()() noexcept {
        auto& [a, b, c, d] = state_;
        auto const made = std::rotl(b * 5, 7) * 9;
        auto const shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = std::rotl(d, 45);
        return made;
    }

private:
    std::uint64_t state_[4];
};

std::uint64_t random_bits() {
    thread_local random_engine engine; // of each thread, so that clients need no lock
    return engine();
}

} // namespace

double random_fraction() { return static_cast<double>(random_bits() >> 11) * 0x1p-53; }

std::string random_uuid() {
    auto const high = (random_bits() & ~std::uint64_t{0xf000}) | 0x4000;
    auto const low = (random_bits() & ~(std::uint64_t{3} << 62)) | std::uint64_t{1} << 63;
    // Where each byte's digits are.
    static constexpr unsigned char places[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    char text[] = "00000000-0000-0000-0000-000000000000";
    for (unsigned i = 0; i < 16; ++i) {
        auto const byte = (i < 8 ? high : low) >> (56 - 8 * (i % 8)) & 0xff;
        text[places[i]] = "0123456789abcdef"[byte >> 4];
        text[places[i] + 1] = "0123456789abcdef"[byte & 15];
    }
    return {text, sizeof text - 1};
}

} // namespace parley::detail

#endif
