// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_IPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_IPP

#include <parley/exchange/token_bucket.hpp>

namespace parley::inline PARLEY_ABI::detail {

// The count is all that the threads share, so nothing has to be ordered with it.

bool token_bucket::take(int count) noexcept {
    int there = available();
    while (there >= count) {
        if (available_.compare_exchange_weak(there, there - count, std::memory_order_relaxed)) return true;
    }
    return false;
}

void token_bucket::give_back(int count) noexcept {
    int there = available();
    while (there < capacity_ && count > 0) {
        int const after = count < capacity_ - there ? there + count : capacity_;
        if (available_.compare_exchange_weak(there, after, std::memory_order_relaxed)) return;
    }
}

} // namespace parley::detail

#endif
