// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_KEY_INDEX_HPP
#define PARLEY_DESCRIBE_KEY_INDEX_HPP

#include <parley/core/version.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace parley::inline PARLEY_ABI::detail {

/// Finds a text in a fixed set of names with one hash and one comparison: a view of a `key_table`, which is computed at compile time.
struct key_index {
    static constexpr std::uint16_t none = 0xffff;

    std::uint8_t const* slots = nullptr; ///< 1 + position of the name, or 0 for a free slot
    std::uint64_t lengths = 0;           ///< one bit for each length of a name, modulo 64
    std::uint64_t seed = 0;
    std::uint8_t shift = 63;
    bool whole = false; ///< hash all characters, since some names agree in length, head and tail

    /// Returns the position of the only name that can equal `key`, or `none`. The caller compares the texts.
    std::uint16_t candidate(std::string_view key) const noexcept;
};

constexpr std::uint64_t load_bytes(char const* from, std::size_t count) noexcept {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        if (!std::is_constant_evaluated() && (count == 8 || count == 4)) {
            // With a constant count this is one instruction.
            std::memcpy(&value, from, count);
            return value;
        }
    }
    for (std::size_t i = 0; i < count; ++i) value |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    return value;
}

// Hashes the head, the tail and the length of the key.
constexpr std::uint64_t hash_ends(std::string_view key) noexcept {
    std::uint64_t head = 0, tail = 0;
    auto const size = key.size();
    if (size >= 8) {
        head = load_bytes(key.data(), 8);
        tail = load_bytes(key.data() + size - 8, 8);
    } else if (size >= 4) {
        head = load_bytes(key.data(), 4);
        tail = load_bytes(key.data() + size - 4, 4);
    } else if (size > 0) {
        head = static_cast<unsigned char>(key[0]) | std::uint64_t{static_cast<unsigned char>(key[size / 2])} << 8
               | std::uint64_t{static_cast<unsigned char>(key[size - 1])} << 16;
    }
    auto hash = head ^ (tail * 0x9e3779b97f4a7c15U) ^ size;
    return hash ^ hash >> 32;
}

constexpr std::uint64_t hash_whole(std::string_view key) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a
    for (char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash ^ hash >> 32;
}

// With count^2 / 4 slots, about one seed in ten has no collision.
constexpr std::uint8_t key_table_bits(std::size_t count) {
    std::uint8_t bits = 2;
    while (bits < 14 && (std::size_t{1} << bits) < count * count / 4 + 1) ++bits;
    return bits;
}

template <std::size_t Count>
struct key_table {
    static constexpr std::uint8_t bits = key_table_bits(Count);
    std::array<std::uint8_t, std::size_t{1} << bits> slots{};
    std::uint64_t lengths = 0;
    std::uint64_t seed = 0;
    bool whole = false;
    bool duplicate = false; ///< two names are equal

    constexpr key_index index() const { return {slots.data(), lengths, seed, static_cast<std::uint8_t>(64 - bits), whole}; }
};

template <std::size_t Count>
constexpr key_table<Count> make_key_table(std::array<std::string_view, Count> const& names) {
    static_assert(Count < 255);
    key_table<Count> table;
    for (auto const name : names) table.lengths |= std::uint64_t{1} << name.size() % 64;
    std::uint64_t hashes[Count + 1]{};
    for (int mode = 0; mode < 2; ++mode) {
        table.whole = mode == 1;
        for (std::size_t i = 0; i < Count; ++i) {
            hashes[i] = table.whole ? hash_whole(names[i]) : hash_ends(names[i]);
            for (std::size_t j = 0; j < i; ++j) {
                if (hashes[i] == hashes[j] && names[i] == names[j]) {
                    table.duplicate = true;
                    return table;
                }
            }
        }
        std::uint64_t state = 0x2545f4914f6cdd1dU;
        for (int attempt = 0; attempt < 300; ++attempt) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            table.seed = (state ^ state >> 29) | 1;
            table.slots = {};
            bool free = true;
            for (std::size_t i = 0; i < Count && free; ++i) {
                auto& slot = table.slots[(hashes[i] * table.seed) >> (64 - table.bits)];
                free = slot == 0;
                slot = static_cast<std::uint8_t>(i + 1);
            }
            if (free) return table;
        }
    }
    throw "no perfect hash found for these names"; // unreachable for distinct names
}

inline std::uint16_t key_index::candidate(std::string_view key) const noexcept {
    if ((lengths >> key.size() % 64 & 1) == 0) return none;
    auto const hash = whole ? detail::hash_whole(key) : detail::hash_ends(key);
    auto const slot = slots[(hash * seed) >> shift];
    return slot ? static_cast<std::uint16_t>(slot - 1) : none;
}

} // namespace parley::detail

#endif
