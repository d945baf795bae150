// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_HPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_HPP

#include <parley/core/config.hpp>

#include <atomic>

namespace parley::inline PARLEY_ABI::detail {

/// The quota of retries that the calls of one client share: while a peer is down, they use it up, and only first attempts
/// are left to load it. Safe to use from many threads.
class token_bucket {
public:
    /// Full.
    explicit token_bucket(int capacity) noexcept : capacity_(capacity), available_(capacity) {}

    int capacity() const noexcept { return capacity_; }
    int available() const noexcept { return available_.load(std::memory_order_relaxed); }

    /// Takes `count` tokens if there are that many. Returns whether it did.
    bool take(int count) noexcept;
    /// Puts tokens back, never more than the bucket holds.
    void give_back(int count) noexcept;

private:
    int capacity_;
    std::atomic<int> available_;
};

} // namespace parley::detail

#endif
