// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_HPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_HPP

#include <parley/core/config.hpp>

#include <atomic>

namespace parley::inline PARLEY_ABI::detail {

/// The retry tokens that the calls of a client share. While the server fails, the tokens run out, and only first attempts are sent.
/// Safe to use from several threads.
class token_bucket {
public:
    /// Creates a full bucket.
    explicit token_bucket(int capacity) noexcept : capacity_(capacity), available_(capacity) {}

    int capacity() const noexcept { return capacity_; }
    int available() const noexcept { return available_.load(std::memory_order_relaxed); }

    /// Takes `count` tokens and returns true, or returns false if there are fewer.
    bool take(int count) noexcept;
    /// Returns tokens, up to the capacity.
    void give_back(int count) noexcept;

private:
    int capacity_;
    std::atomic<int> available_;
};

} // namespace parley::detail

#endif
