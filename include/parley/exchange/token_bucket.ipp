// Copyright 2026 The parley authors. Distributed under the Boost Software License, Version 1.0.
#ifndef PARLEY_EXCHANGE_TOKEN_BUCKET_IPP
#define PARLEY_EXCHANGE_TOKEN_BUCKET_IPP

#include <parley/exchange/token_bucket.hpp>

namespace parley::inline PARLEY_ABI::detail {

// The threads share only the count, so relaxed ordering is sufficient.

bool token_bucket::take(int count) noexcept {
    int current = available();
    while (current >= count) {
        if (available_.compare_exchange_weak(current, current - count, std::memory_order_relaxed)) return true;
    }
    return false;
}

void token_bucket::give_back(int count) noexcept {
    int current = available();
    while (current < capacity_ && count > 0) {
        int const after = count < capacity_ - current ? current + count : capacity_;
        if (available_.compare_exchange_weak(current, after, std::memory_order_relaxed)) return;
    }
}

} // namespace parley::detail

#endif
