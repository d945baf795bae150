// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_DESCRIBE_MEMBER_SET_HPP
#define PARLEY_DESCRIBE_MEMBER_SET_HPP

#include <parley/core/version.hpp>

#include <cstddef>
#include <cstdint>

namespace parley::inline PARLEY_ABI::detail {

/// A set of members of a structure: one bit per position.
class member_set {
public:
    static constexpr std::size_t capacity = 256;

    constexpr bool contains(std::size_t position) const noexcept { return words_[position / 64] >> position % 64 & 1; }
    /// Returns false if the member is already in the set.
    constexpr bool insert(std::size_t position) noexcept {
        auto& word = words_[position / 64];
        auto const bit = std::uint64_t{1} << position % 64;
        bool const inserted = (word & bit) == 0;
        word |= bit;
        return inserted;
    }
    constexpr void erase(std::size_t position) noexcept { words_[position / 64] &= ~(std::uint64_t{1} << position % 64); }
    constexpr bool contains_all(member_set const& other) const noexcept {
        std::uint64_t missing = 0;
        for (std::size_t i = 0; i < 4; ++i) missing |= other.words_[i] & ~words_[i];
        return missing == 0;
    }
    constexpr bool empty() const noexcept { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
    /// Returns the smallest position, or `capacity` if the set is empty.
    constexpr std::size_t first() const noexcept {
        std::size_t position = 0;
        while (position < capacity && !contains(position)) ++position;
        return position;
    }

    constexpr member_set& operator&=(member_set const& other) noexcept {
        for (std::size_t i = 0; i < 4; ++i) words_[i] &= other.words_[i];
        return *this;
    }
    /// Removes the members of `other`.
    constexpr member_set& operator-=(member_set const& other) noexcept {
        for (std::size_t i = 0; i < 4; ++i) words_[i] &= ~other.words_[i];
        return *this;
    }
    friend constexpr member_set operator&(member_set a, member_set const& b) noexcept { return a &= b; }
    friend constexpr member_set operator-(member_set a, member_set const& b) noexcept { return a -= b; }

private:
    std::uint64_t words_[4]{};
};

} // namespace parley::detail

#endif
