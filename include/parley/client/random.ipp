// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_CLIENT_RANDOM_IPP
#define PARLEY_CLIENT_RANDOM_IPP

#include <parley/client/random.hpp>

#include <cstdint>
#include <random>

namespace parley::inline PARLEY_ABI::detail {

namespace client_impl {

inline std::mt19937_64& random_engine() {
    // One for each thread, so that clients need no lock.
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    return engine;
}

} // namespace client_impl

double random_fraction() { return static_cast<double>(client_impl::random_engine()() >> 11) * 0x1p-53; }

std::string random_uuid() {
    auto const high = (client_impl::random_engine()() & ~std::uint64_t{0xf000}) | 0x4000;
    auto const low = (client_impl::random_engine()() & ~(std::uint64_t{3} << 62)) | std::uint64_t{1} << 63;
    // The position of the digits of each byte.
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
